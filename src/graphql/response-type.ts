import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';

/**
 * The media types of GraphQL over HTTP, and the status of a well-formed request whose document or variables are refused:
 * clients of plain JSON take any status but 200 for a proxy's.
 */
const types = [
  { mediaType: 'application/json', refusalStatus: 200 },
  { mediaType: 'application/graphql-response+json', refusalStatus: 400 },
] as const;

/** What the client likes best; null where it takes neither. */
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

/** Whether the document or its variables are refused, and not the HTTP request. */
export function isRefusal(errors: readonly GraphQLFormattedError[] | undefined): boolean {
  return (errors ?? []).length > 0 && errors!.every(({ extensions }) => refusalCodes.has(String(extensions?.code)));
}
