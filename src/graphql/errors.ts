import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { errorCodes, LandfallError, UserErrors } from '../domain/model/errors.js';
import { requestId } from '../domain/model/request-context.js';
import type { Log } from '../domain/ports/log.js';

/** Where an error without a code occurred. */
export type Stage = 'validation' | 'execution';

const internal = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error. Retry, or quote the request id.' };

/**
 * The public form of an error: a stable code and a request id, never a stack or an SQL text. Internal errors, and errors
 * with a cause, are logged in full under the same request id.
 */
export function presentError(error: unknown, log: Log, stage: Stage, apolloCode?: unknown): GraphQLFormattedError {
  const { locations, path } = error instanceof GraphQLError ? error.toJSON() : {};
  const { code, message, retryable } = toPublicError(error, stage, apolloCode, log);
  const extensions = { code, requestId: requestId(), ...(retryable ? { retryable } : {}) };
  return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions };
}

function toPublicError(
  error: unknown,
  stage: Stage,
  apolloCode: unknown,
  log: Log,
): { code: string; message: string; retryable?: boolean } {
  const origin = originOf(error);
  if (origin instanceof UserErrors) return toPublicError(origin.errors[0], stage, apolloCode, log);
  if (origin instanceof LandfallError) {
    if (origin.cause) log.warn({ err: origin }, origin.message);
    return { code: origin.code, message: origin.message, retryable: origin.options.retryable ?? false };
  }
  if (origin instanceof GraphQLError) {
    const code = origin.extensions.code ?? apolloCode ?? codeOf(origin, stage);
    if (typeof code === 'string' && code !== internal.code) return { code, message: origin.message };
  }
  log.error({ err: origin }, 'internal error');
  return internal;
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
}

function codeOf(error: GraphQLError, stage: Stage): string {
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  if (stage === 'validation') return 'GRAPHQL_VALIDATION_FAILED';
  // An error of variables has no path. A null in a non-null field has a path, and is an internal error.
  return error.path ? internal.code : 'BAD_USER_INPUT';
}

/** Wraps an error so that graphql-ws passes it on. */
export function toGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}

/** The HTTP status for these errors; undefined: the default of the protocol. */
export function statusOf(errors: readonly GraphQLFormattedError[] | undefined): number | undefined {
  const statuses = errors?.map(({ extensions }) => errorCodes[extensions?.code as keyof typeof errorCodes]?.status ?? 200);
  return statuses?.find(status => status === 503 || status === 429);
}
