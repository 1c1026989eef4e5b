import { createServer } from 'node:http';
import type { Registry } from 'prom-client';
import type { Log } from '../domain/ports/log.js';

/** `GET /metrics` on a port of its own, which is not reachable by clients of the API. */
export function createMetricsServer(registry: Registry, log: Log) {
  return createServer((request, response) => {
    if (request.url?.split('?', 1)[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      text => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      err => {
        log.warn({ err }, 'metrics could not be collected');
        response.writeHead(503).end();
      },
    );
  });
}
