import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import { type ErrorCode, errorCodes, LandfallError } from '../domain/model/errors.js';
import { ownEntry } from '../domain/model/own-entry.js';
import { requestId, withRequestId } from '../domain/model/request-context.js';
import type { Log } from '../domain/ports/log.js';
import { allowOrigins, securityHeaders } from './browser-access.js';

const bodyErrors: Record<string, [ErrorCode, string]> = {
  'entity.parse.failed': ['MALFORMED_JSON', 'Send a JSON body.'],
  'entity.too.large': ['PAYLOAD_TOO_LARGE', 'Send a body of less than 1 MB.'],
  'encoding.unsupported': ['UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed, or compressed as gzip, deflate or br.'],
  'charset.unsupported': ['UNSUPPORTED_MEDIA_TYPE', 'Send the body in UTF-8.'],
};

/** Paths that pages of other origins may call, if their origin is listed. */
const crossOriginPaths = ['/graphql', '/documents', '/recordings'];

/** The HTTP application: health, the given routers, and errors as JSON with a code. */
export function createApp(parts: {
  routers: Record<string, Router>;
  allowedOrigins: readonly string[];
  publicUrl: string | null;
  notReadyBecause: () => Promise<string[]>;
  log: Log;
}): Express {
  const app = express().disable('x-powered-by');
  app.use((request, response, next) => {
    withRequestId(request.get('x-request-id'), id => {
      response.set('x-request-id', id);
      next();
    });
  });
  app.use(securityHeaders(parts.publicUrl));
  app.use(crossOriginPaths, allowOrigins(parts.allowedOrigins));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', readiness(parts.notReadyBecause));
  for (const [path, router] of Object.entries(parts.routers)) app.use(path, router);
  app.use((_request, _response, next) => {
    const paths = [...Object.keys(parts.routers), '/healthz', '/readyz'];
    next(new LandfallError('NOT_FOUND', `Use one of ${paths.join(', ')}.`));
  });
  app.use(errorHandler(parts.log));
  return app;
}

function readiness(notReadyBecause: () => Promise<string[]>): RequestHandler {
  return async (_request, response) => {
    const reasons = await notReadyBecause();
    response.status(reasons.length === 0 ? 200 : 503).json({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  };
}

/** The default handler of Express answers HTML that contains the message. */
function errorHandler(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.headersSent) {
      // The connection is closed, so that the client does not accept an incomplete body.
      log.warn({ err: error, path: request.path }, 'an answer was aborted');
      response.destroy();
      return;
    }
    const [code, message] = toPublicError(error, request.path, log);
    const status = code === 'NOT_FOUND' ? 404 : errorCodes[code].status;
    if (code === 'UNAUTHENTICATED') response.set('WWW-Authenticate', 'Bearer');
    if (status === 503) response.set('Retry-After', '1');
    response.status(status).json({ errors: [{ message, extensions: { code, requestId: requestId() } }] });
  };
}

function toPublicError(error: unknown, path: string, log: Log): [ErrorCode, string] {
  if (error instanceof LandfallError) {
    if (error.cause) log.warn({ err: error, path }, error.message);
    return [error.code, error.message];
  }
  const body = ownEntry(bodyErrors, String((error as { type?: unknown }).type));
  if (body) return body;
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'request.aborted') return ['MALFORMED_JSON', 'Send the whole body.'];
  // From Express and its parsers: a malformed path, or a body that does not match its Content-Encoding.
  if (status !== undefined && status >= 400 && status < 500) return ['BAD_REQUEST', 'Send a well-formed path, headers and body.'];
  log.error({ err: error, path }, 'internal error');
  return ['INTERNAL_SERVER_ERROR', 'Internal error. Retry, or quote the request id.'];
}
