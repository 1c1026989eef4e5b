import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Router } from 'express';
import type { Principal } from '../domain/principal.js';
import type { Services } from '../operations/context.js';
import { authenticate, headerText } from './authentication.js';
import { createContext, type GraphQLContext } from './context.js';

/** The largest request body. */
export const bodyLimit = 1_000_000;

/** GraphQL over HTTP: the key first, then the body, so that a stranger can't make us read one. */
export function graphqlRouter(apollo: ApolloServer<GraphQLContext>, services: Services): Router {
  return express
    .Router()
    .use(async (request, response, next) => {
      response.locals.principal = await authenticate(services.tenancy, headerText(request.headers.authorization));
      next();
    })
    .use(express.json({ limit: bodyLimit, type: () => true }))
    .use((request, _response, next) => {
      request.body ??= {};
      next();
    })
    .use(expressMiddleware(apollo, { context: async ({ res }) => createContext(services, res.locals.principal as Principal) }));
}
