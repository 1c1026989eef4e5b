import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';

/**
 * The media types of GraphQL over HTTP, and the status if the document or the variables of a well-formed request are
 * refused. Clients of application/json assume that another status than 200 comes from a proxy.
 */
const types = [
  { mediaType: 'application/json', refusalStatus: 200 },
  { mediaType: 'application/graphql-response+json', refusalStatus: 400 },
] as const;

/** The type that the client prefers; null if it accepts neither. */
export function preferredType(accept: string | undefined): (typeof types)[number] | null {
  if (!accept) return types[0];
  const preferred = new Negotiator({ headers: { accept } }).mediaType(types.map(({ mediaType }) => mediaType));
  return types.find(({ mediaType }) => mediaType === preferred) ?? null;
}

const refusalCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'DOCUMENT_TOO_LARGE',
  'QUERY_TOO_COMPLEX',
]);

/** Whether the errors refuse the document or its variables, and not the HTTP request. */
export function isRefusal(errors: readonly GraphQLFormattedError[] | undefined): boolean {
  return (errors ?? []).length > 0 && errors!.every(({ extensions }) => refusalCodes.has(String(extensions?.code)));
}
