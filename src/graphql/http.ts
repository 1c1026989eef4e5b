import { createHash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Request, type RequestHandler, type Router } from 'express';
import { LandfallError } from '../domain/model/errors.js';
import type { Principal } from '../domain/model/principal.js';
import type { Log } from '../domain/ports/log.js';
import type { Services } from '../operations/context.js';
import { authenticate, headerText } from './authentication.js';
import { createContext, type GraphQLContext } from './context.js';
import { presentError, statusOf } from './errors.js';
import type { CostMeter } from './limits/cost-meter.js';
import type { Documents } from './limits/documents.js';
import { preferredType } from './response-type.js';

/** Bytes of the largest request body. */
export const bodyLimit = 1_000_000;

/** GraphQL over HTTP. The key is checked before the body is read, so that a client without a key cannot send one. */
export function graphqlRouter(
  apollo: ApolloServer<GraphQLContext>,
  { documents, meter, services, log }: { documents: Documents; meter: CostMeter; services: Services; log: Log },
): Router {
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
    .use(refuseBadDocuments(documents, meter, log))
    .use(expressMiddleware(apollo, { context: async ({ res }) => createContext(services, res.locals.principal as Principal) }));
}

/** Checks the document before Apollo, which would validate a document of any size. Reading it has a cost, also if it is refused. */
function refuseBadDocuments(documents: Documents, meter: CostMeter, log: Log): RequestHandler {
  return (request, response, next) => {
    const { query, persistedQuery } = documentOf(request);
    checkPersistedQuery(query, persistedQuery);
    const type = preferredType(request.get('accept'));
    const principal = response.locals.principal as Principal;
    const refuse = (refusals: readonly unknown[], refusalStatus: number, mediaType: string) => {
      const errors = refusals.map(error => presentError(error, log, 'validation'));
      const status = statusOf(errors) ?? refusalStatus;
      if (status === 429) response.set('retry-after', '1');
      response.status(status).type(mediaType).send(JSON.stringify({ errors }));
    };
    // Apollo would execute the operation first.
    if (!type) return refuse([notAcceptable()], 406, 'application/json');
    const errors = query && errorsOf(() => documents.prepare(query, cost => meter.chargeReading(principal, cost)).errors);
    if (errors) return refuse(errors, type.refusalStatus, type.mediaType);
    next();
  };
}

const notAcceptable = () =>
  new LandfallError('BAD_REQUEST', 'Accept application/json or application/graphql-response+json: the answer has no other type.');

function errorsOf(check: () => readonly unknown[] | undefined): readonly unknown[] | undefined {
  try {
    return check();
  } catch (error) {
    return [error];
  }
}

function documentOf({ method, query, body }: Request): { query: string | null; persistedQuery: unknown } {
  const parameters: Record<string, unknown> = method === 'GET' ? { ...query, extensions: json(query.extensions) } : body;
  const { extensions } = parameters;
  return {
    query: typeof parameters.query === 'string' ? parameters.query : null,
    persistedQuery: typeof extensions === 'object' ? (extensions as Record<string, unknown> | null)?.persistedQuery : undefined,
  };
}

/** Apollo reports a text that is not JSON. */
function json(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws LandfallError BAD_REQUEST */
function checkPersistedQuery(query: string | null, persistedQuery: unknown): void {
  if (persistedQuery === undefined || persistedQuery === null) return;
  const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string' || !/^[0-9a-f]{64}$/.test(sha256Hash)) {
    throw new LandfallError('BAD_REQUEST', 'Give persistedQuery version 1 and a sha256Hash of 64 hexadecimal digits.');
  }
  if (query !== null && createHash('sha256').update(query).digest('hex') !== sha256Hash) {
    throw new LandfallError('BAD_REQUEST', 'Give the SHA-256 of the query: sha256Hash is the hash of another text.');
  }
}
