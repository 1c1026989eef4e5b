import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import express, { type Router } from 'express';

export const exampleQuery = `{
  viewer { name role organization { name kind } }
  projects(first: 5) { edges { node { id name stage blockedBy { code message } } } }
}`;

/** GraphiQL, served without other hosts. Its requests need an API key. */
export function graphiqlRouter(): Router {
  const page = renderGraphiQL({
    title: 'Landfall',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultQuery: exampleQuery,
    headers: JSON.stringify({ Authorization: 'Bearer <API key>' }, null, 2),
  });
  return express.Router().get('/', (_request, response) => {
    response.type('html').send(page);
  });
}
