import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Log } from '../domain/ports/log.js';
import type { GraphQLContext } from './context.js';
import { presentError, statusOf } from './errors.js';
import type { CostMeter } from './limits/cost-meter.js';
import type { Documents } from './limits/documents.js';
import { type ObserveOperation, observeOperations } from './observe-operations.js';
import { isRefusal, preferredType } from './response-type.js';

/** Executes documents that `Documents` has prepared, and charges their cost to the API key. */
export function createApollo(
  documents: Documents,
  meter: CostMeter,
  log: Log,
  observe?: ObserveOperation,
): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema: documents.schema,
    // `Documents` refuses it if the configuration says so.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // compose.ts handles the signals and closes everything in order.
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => presentError(error, log, 'execution', formatted.extensions?.code),
    // A client that sends only a hash must not cause work that is not charged.
    persistedQueries: {
      cache: { get: async key => documents.textByHash(key.slice(-64)), set: async () => {}, delete: async () => {} },
    },
    // Documents that are too large for the cache are parsed again. `Documents` says why they need no places.
    parseOptions: { noLocation: true },
    // The router has parsed the document already.
    documentStore: {
      get: async key => documents.byHash(key.slice(-64)),
      set: async () => {},
      delete: async () => {},
    },
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      chargeCost(meter),
      setStatus,
      ...(observe ? [observeOperations(observe)] : []),
    ],
  });
}

const chargeCost = (meter: CostMeter): ApolloServerPlugin<GraphQLContext> => ({
  requestDidStart: async ({ contextValue: { operation: caller } }) => {
    const { principal } = caller;
    let requested: number | null = null;
    return {
      didResolveOperation: async ({ document, operation, request }) => {
        if (operation?.operation === 'subscription') {
          const extensions = { code: 'BAD_REQUEST', http: { status: 400 } };
          throw new GraphQLError('Subscribe over WebSocket, at the same path.', { extensions });
        }
        requested = meter.charge(principal, { ...request, document });
      },
      willSendResponse: async ({ document, request, response }) => {
        if (requested === null || !document || response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const cost = meter.settle(principal, requested, { ...request, document }, singleResult.data);
        singleResult.extensions = { ...singleResult.extensions, cost };
      },
    };
  },
});

const setStatus: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      if (response.body.kind !== 'single') return;
      const { errors, data } = response.body.singleResult;
      const status = statusOf(errors);
      if (status) response.http.status = status;
      else if (data === undefined && isRefusal(errors)) {
        response.http.status = preferredType(request.http?.headers.get('accept'))?.refusalStatus ?? 400;
      }
      if (status === 429) response.http.headers.set('retry-after', '1');
    },
  }),
};
