import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Log } from '../domain/log.js';
import type { GraphQLContext } from './context.js';
import { presentError, statusOf } from './errors.js';

export function createApollo(schema: GraphQLSchema, log: Log): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // The composition root hears the signals and drains everything in its order.
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => presentError(error, log, 'execution', formatted.extensions?.code),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ operation }) => {
            if (operation?.operation !== 'subscription') return;
            const extensions = { code: 'BAD_REQUEST', http: { status: 400 } };
            throw new GraphQLError('Subscribe over WebSocket, at the same path.', { extensions });
          },
          willSendResponse: async ({ response }) => {
            const status = response.body.kind === 'single' ? statusOf(response.body.singleResult.errors) : undefined;
            if (status) response.http.status = status;
          },
        }),
      },
    ],
  });
}
