import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { Secret } from '../../src/domain/model/secret.js';
import type { BucketOptions } from '../../src/files/s3/bucket.js';
import { isSigned } from './s3-signature.js';

const keys = { id: 'AKIATEST', secret: 'a secret/of+the=storage' };

export interface S3Server {
  options: BucketOptions;
  /** The connections of so many answers to come break in the middle of the body. */
  breakNext: number;
  /** Methods and paths of the requests so far. */
  requests: string[];
  close(): Promise<void>;
}

/**
 * A server that speaks the protocol of S3, with an empty bucket. The storage is a public package; what it does not do is done in
 * front of it: signatures are checked, and the condition If-Match.
 */
export async function startS3Server(bucket = 'landfall'): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 's3-'));
  const configureBuckets = [{ name: bucket, configs: [] }];
  const storage = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, vhostBuckets: false, configureBuckets });
  const { port: storagePort } = await storage.run();
  const front = createServer((request, response) => void serve(request, response));
  const server: S3Server = { options: null!, breakNext: 0, requests: [], close };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    server.requests.push(`${request.method} ${request.url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (!isSigned(request, body, keys)) return refuse(response, 403, 'SignatureDoesNotMatch');
    // The storage knows one pair of keys, and does not calculate signatures.
    const headers = { ...request.headers, authorization: request.headers.authorization!.replace(keys.id, 'S3RVER') };
    const { method, url: path } = request;
    const forwarded = send({ port: storagePort, method, path, headers, agent: false }, answer => {
      const { 'if-match': condition } = request.headers;
      if (condition && answer.statusCode! < 300 && answer.headers.etag !== condition) {
        answer.destroy();
        return refuse(response, 412, 'PreconditionFailed');
      }
      response.writeHead(answer.statusCode!, answer.headers);
      response.once('close', () => answer.destroy());
      const isBroken = method === 'GET' && answer.statusCode! < 300 && server.breakNext > 0 && server.breakNext-- > 0;
      if (isBroken) answer.once('data', chunk => response.write((chunk as Buffer).subarray(0, 1000), () => response.destroy()));
      else answer.pipe(response);
    });
    forwarded.once('error', () => response.destroy());
    forwarded.end(body);
  }

  async function close(): Promise<void> {
    front.closeAllConnections();
    await new Promise(resolve => front.close(resolve));
    await storage.close();
    rmSync(directory, { recursive: true, force: true });
  }

  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve));
  server.options = {
    bucket,
    endpoint: `http://127.0.0.1:${(front.address() as { port: number }).port}`,
    region: 'eu-central-1',
    prefix: "below/a prefix's (end)",
    pathStyle: true,
    keys: { id: new Secret(keys.id), secret: new Secret(keys.secret) },
  };
  return server;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>Refused</Message></Error>`);
}
