import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import { type ErrorCode, errorCodes, LandfallError } from '../domain/model/errors.js';
import { ownEntry } from '../domain/model/own-entry.js';
import { requestId, withRequestId } from '../domain/model/request-context.js';
import type { Log } from '../domain/ports/log.js';

const bodyErrors: Record<string, [ErrorCode, string]> = {
  'entity.parse.failed': ['MALFORMED_JSON', 'Send a body that is JSON.'],
  'entity.too.large': ['PAYLOAD_TOO_LARGE', 'Send less than 1 MB at once.'],
  'encoding.unsupported': ['UNSUPPORTED_MEDIA_TYPE', 'Send the body plain, or as gzip, deflate or br.'],
  'charset.unsupported': ['UNSUPPORTED_MEDIA_TYPE', 'Send the body in UTF-8.'],
};

/** The plain HTTP side: health, the routers that are given, and a coded JSON answer to whatever goes wrong. */
export function createApp(parts: {
  routers: Record<string, Router>;
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
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', readiness(parts.notReadyBecause));
  for (const [path, router] of Object.entries(parts.routers)) app.use(path, router);
  app.use((_request, _response, next) => {
    next(new LandfallError('NOT_FOUND', 'Ask /graphql, /graphiql, /documents, /recordings, /healthz or /readyz.'));
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

/** Express's own would answer HTML with the message inside. */
function errorHandler(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.headersSent) {
      // Broken off, so that nobody takes a part of it for the whole.
      log.warn({ err: error, path: request.path }, 'an answer broke off');
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
  // Of Express and its parsers: a path that can't be decoded, a body that is not what its Content-Encoding says.
  if (status !== undefined && status >= 400 && status < 500) return ['BAD_REQUEST', 'Send a well-formed path, headers and body.'];
  log.error({ err: error, path }, 'internal error');
  return ['INTERNAL_SERVER_ERROR', 'Internal error. Retry, or quote the request id.'];
}
