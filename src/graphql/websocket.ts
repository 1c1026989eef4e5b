import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, execute, type GraphQLError, getOperationAST, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GraphQLLimits } from '../domain/model/graphql-limits.js';
import type { Principal } from '../domain/model/principal.js';
import type { Log } from '../domain/ports/log.js';
import type { Services } from '../operations/context.js';
import { FollowedKeys } from '../operations/follow-keys.js';
import { authenticate } from './authentication.js';
import { createContext, type GraphQLContext } from './context.js';
import { endSocket } from './end-socket.js';
import { presentError, toGraphQLError } from './errors.js';
import { followCredential } from './follow-credential.js';
import { bodyLimit } from './http.js';
import { isTooDeep } from './limits/arguments.js';
import type { CostMeter } from './limits/cost-meter.js';
import type { Documents } from './limits/documents.js';
import { OpenSubscriptions } from './limits/open-subscriptions.js';
import { nameOf } from './observe-operations.js';
import { refuseServerMessages } from './refuse-server-messages.js';

/** State of a connection; the principal is known after authentication. */
interface ConnectionState extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  principal?: Principal;
}

/** `charged` is the cost before the execution; the answer shows the actual cost. */
type ChargedArgs = ExecutionArgs & { contextValue: GraphQLContext; charged: number };

const tryAgainLater = 1013;

interface Dependencies {
  documents: Documents;
  meter: CostMeter;
  limits: GraphQLLimits;
  services: Services;
  /** Whether the page that opens a socket may use the API. */
  mayOpenSocket: (request: IncomingMessage) => boolean;
  /** Measures and traces an operation. */
  observe?: <T extends object>(name: string, work: () => T | Promise<T>) => Promise<T>;
  log: Log;
}

/**
 * GraphQL over WebSocket (protocol graphql-transport-ws) at /graphql. A connection closes with 4403 if its key is or becomes
 * invalid, and with 1013 if the database is unavailable.
 * @returns function that closes all connections
 */
export function serveWebSocket(server: Server, dependencies: Dependencies): () => Promise<void> {
  const { documents, meter, limits, services, mayOpenSocket, observe, log } = dependencies;
  const observed = <T extends object>({ document, operationName }: ExecutionArgs, work: () => T | Promise<T>) => {
    const operation = getOperationAST(document, operationName);
    return observe && operation ? observe(nameOf(operation), work) : work();
  };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyLimit });
  server.on('upgrade', upgradeHandler(sockets, mayOpenSocket, log));
  const open = new OpenSubscriptions(limits);
  const keys = new FollowedKeys(services, log);
  const { dispose } = useServer<Record<string, unknown>, ConnectionState>(
    {
      execute: args => observed(args, () => execute(args)),
      subscribe: args => observed(args, () => subscribe(args)),
      onConnect: async context => {
        const { connectionParams, extra } = context;
        try {
          extra.principal = await authenticate(services.tenancy, authorizationIn(connectionParams));
          const { socket } = extra;
          // The client may have closed it meanwhile; `close` would not be emitted again.
          if (socket.readyState !== socket.OPEN) return false;
          open.connected(extra.principal.apiKeyId, context);
          socket.once(
            'close',
            followCredential(keys, extra.principal, () => endSocket(socket)),
          );
          return true;
        } catch (error) {
          const { extensions } = presentError(error, log, 'execution');
          if (extensions?.code === 'UNAUTHENTICATED') return false;
          extra.socket.close(tryAgainLater, String(extensions?.code));
          // The socket is closing: graphql-ws must not close it with 4403.
          return false;
        }
      },
      onClose: context => {
        const { principal } = context.extra;
        if (principal) open.closed(principal.apiKeyId, context);
      },
      // graphql-ws sends the payload back, and closes the connection if it cannot serialize it.
      onPing: (_context, payload) => {
        if (payload && isTooDeep(payload)) for (const name of Object.keys(payload)) delete payload[name];
      },
      // graphql-ws would close the connection, with all its operations, because of a syntax error.
      onSubscribe: (context, _id, { query, operationName, variables }): ChargedArgs | readonly GraphQLError[] => {
        const principal = context.extra.principal!;
        try {
          const { document, errors } = documents.prepare(query, cost => meter.chargeReading(principal, cost));
          if (!document) return errors;
          const kind = getOperationAST(document, operationName)?.operation;
          if (kind === 'subscription') open.checkRoom(principal.apiKeyId, context);
          const charged = meter.charge(principal, { document, operationName, variables });
          const contextValue = createContext(services, principal);
          return { schema: documents.schema, document, operationName, variableValues: variables, contextValue, charged };
        } catch (error) {
          return [toGraphQLError(error)];
        }
      },
      onError: (_context, _id, _payload, errors) => errors.map(error => presentError(error, log, 'validation')),
      onNext: (context, _id, _payload, args, result) => {
        const errors = result.errors?.map(error => presentError(error, log, 'execution'));
        const { charged, document, operationName } = args as ChargedArgs;
        if (getOperationAST(document, operationName)?.operation === 'subscription') return errors && { ...result, errors };
        const cost = meter.settle(context.extra.principal!, charged, { document, operationName }, result.data);
        return { ...result, ...(errors ? { errors } : {}), extensions: { ...result.extensions, cost } };
      },
    },
    sockets,
  );
  sockets.on('connection', socket => {
    // A malformed frame closes the socket, and later writes can fail too. The listener of graphql-ws handles one error, and prints it.
    socket.removeAllListeners('error');
    socket.on('error', err => log.debug({ err }, 'a socket failed'));
    refuseServerMessages(socket);
  });
  return async () => {
    keys.close();
    await dispose();
  };
}

const refusal = (status: string) => `HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`;

/** Handles upgrade requests. An exception here would end the process, so all are caught. */
function upgradeHandler(sockets: WebSocketServer, mayOpenSocket: Dependencies['mayOpenSocket'], log: Log) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy()); // The client disconnected.
    try {
      if (request.url?.split('?', 1)[0] !== '/graphql') socket.end(refusal('404 Not Found'));
      else if (!mayOpenSocket(request)) {
        log.debug({ origin: request.headers.origin }, 'a socket was refused: ALLOWED_ORIGINS does not list its origin');
        socket.end(refusal('403 Forbidden'));
      } else sockets.handleUpgrade(request, socket, head, webSocket => sockets.emit('connection', webSocket, request));
    } catch (err) {
      log.warn({ err }, 'an upgrade failed');
      socket.destroy();
    }
  };
}

/** GraphiQL and some clients write the name in upper case, or put it into `headers`. */
function authorizationIn(parameters: Record<string, unknown> | undefined): unknown {
  const headers = (parameters?.headers ?? {}) as Record<string, unknown>;
  return parameters?.authorization ?? parameters?.Authorization ?? headers.authorization ?? headers.Authorization;
}
