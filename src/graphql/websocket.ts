import type { Server } from 'node:http';
import { type GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Log } from '../domain/log.js';
import type { Principal } from '../domain/principal.js';
import type { Services } from '../operations/context.js';
import { authenticate } from './authentication.js';
import { createContext } from './context.js';
import { presentError } from './errors.js';
import { bodyLimit } from './http.js';

/** What a connection carries, once it is known whose it is. */
interface Extra extends Record<PropertyKey, unknown> {
  principal?: Principal;
}

const tryAgainLater = 1013;

/**
 * GraphQL over WebSocket (protocol graphql-transport-ws) at /graphql. A wrong key closes with 4403, a database that is
 * away with 1013.
 * @returns closes all connections
 */
export function serveWebSocket(server: Server, schema: GraphQLSchema, services: Services, log: Log): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyLimit });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy()); // A client that breaks off; nobody is left to tell.
    if (new URL(request.url ?? '/', 'http://host').pathname !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, webSocket => sockets.emit('connection', webSocket, request));
  });
  const { dispose } = useServer<Record<string, unknown>, Extra>(
    {
      schema,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          extra.principal = await authenticate(services.tenancy, authorizationIn(connectionParams));
          return true;
        } catch (error) {
          const { extensions } = presentError(error, log, 'execution');
          if (extensions?.code === 'UNAUTHENTICATED') return false;
          extra.socket.close(tryAgainLater, String(extensions?.code));
          // The socket is closing: nothing follows this.
          return false;
        }
      },
      // Left to the library, a syntax error would close the connection and all that runs on it.
      onSubscribe: (_context, _id, { query }) => syntaxErrorsIn(query),
      context: ({ extra }) => createContext(services, extra.principal!),
      onError: (_context, _id, _payload, errors) => errors.map(error => presentError(error, log, 'validation')),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors && { ...result, errors: result.errors.map(error => presentError(error, log, 'execution')) },
    },
    sockets,
  );
  return async () => {
    await dispose();
  };
}

function syntaxErrorsIn(query: string): readonly GraphQLError[] | undefined {
  try {
    parse(query);
    return undefined;
  } catch (error) {
    return [error as GraphQLError];
  }
}

/** GraphiQL and some clients write the name as HTTP does, or put it among headers. */
function authorizationIn(parameters: Record<string, unknown> | undefined): unknown {
  const headers = (parameters?.headers ?? {}) as Record<string, unknown>;
  return parameters?.authorization ?? parameters?.Authorization ?? headers.authorization ?? headers.Authorization;
}
