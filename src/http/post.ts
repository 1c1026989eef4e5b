import got from 'got';
import type { HttpHeaders } from './call.js';
import { failureOfRequest } from './failure.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';

const maxHeaderBytes = 16 * 1024;

export type Post = (call: { url: URL; headers: Record<string, string>; body: string }) => Promise<{
  status: number;
  headers: HttpHeaders;
}>;

/**
 * Posts a body to an address that a tenant has chosen, and reads only the status and the headers of the answer: its body has no
 * meaning and could be of any length. With a time limit and address checks; it never retries and follows no redirect.
 * @returns a function that answers any status. It throws CallFailure if there was no answer
 */
export function createPost({
  requestTimeoutMs,
  allowPrivateHosts,
}: {
  requestTimeoutMs: number;
  allowPrivateHosts: boolean;
}): Post {
  return async ({ url, headers, body }) => {
    if (!allowPrivateHosts) refusePrivateLiteral(url);
    const stream = got.stream.post(url, {
      body,
      headers: { 'user-agent': 'landfall', ...headers },
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      decompress: false,
      maxHeaderSize: maxHeaderBytes,
      timeout: { request: requestTimeoutMs },
      ...(allowPrivateHosts ? {} : { dnsLookup: publicLookup as never }),
    });
    try {
      const response = await new Promise<{ statusCode: number; headers: HttpHeaders }>((resolve, reject) => {
        stream.once('error', reject);
        stream.once('response', resolve);
      });
      return { status: response.statusCode, headers: response.headers };
    } catch (error) {
      throw failureOfRequest(error, url);
    } finally {
      stream.on('error', () => {}); // The rest of the answer is not read.
      stream.destroy();
    }
  };
}
