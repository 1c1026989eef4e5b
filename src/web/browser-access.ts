import type { IncomingMessage } from 'node:http';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What a page of a listed origin reads from answers, besides their bodies. */
const exposedHeaders = [
  'X-Request-Id',
  'Retry-After',
  'WWW-Authenticate',
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'ETag',
];

/** Seconds in which a browser does not ask again. */
const preflightAge = 600;

/**
 * CORS for pages of the given origins. Their requests carry a key in a header or a signature in the address, never cookies. Pages of
 * other origins get no permission, and their preflight is answered too, so that the browser shows why it refuses.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({ origin: [...origins], methods: ['GET', 'HEAD', 'POST'], exposedHeaders, maxAge: preflightAge });
}

/**
 * Whether a page may open a socket here: it is a page of this server or of one of the origins. Browsers apply no CORS to sockets.
 * Programs send no Origin; they need a key too.
 */
export function mayOpenSocket(origins: readonly string[], publicUrl: () => string): (request: IncomingMessage) => boolean {
  return ({ headers: { origin, host } }) =>
    origin === undefined ||
    origins.includes(origin) ||
    URL.parse(origin)?.host === host ||
    URL.parse(publicUrl())?.origin === origin;
}

/** Headers of every answer. Routes that serve pages or files replace some. HSTS is sent only if clients reach the server by https. */
export function securityHeaders(publicUrl: string | null): RequestHandler {
  const isHttps = publicUrl !== null && URL.parse(publicUrl)?.protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    // Other services of the domain need not have https.
    strictTransportSecurity: isHttps && { includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
}
