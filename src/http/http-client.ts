import type { ClientRequest, IncomingMessage } from 'node:http';
import got, { type Got } from 'got';
import { acceptedEncodings, bodyOf } from './answer-body.js';
import type { Http, HttpAnswer, HttpCall } from './call.js';
import { failureOfRequest } from './failure.js';
import { heapRoom } from './heap-room.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';
import { readyConnections } from './ready-connections.js';
import { requestBody } from './request-body.js';

/** A refusal that is cut off cannot be parsed, and then it proves nothing. So this much of it is read. */
const maxErrorBytes = 2 * 1024 * 1024;
const maxHeaderBytes = 16 * 1024;

/** The only factory of outgoing API calls: time-outs, limits, address checks; it never retries and follows no redirect. */
export function createHttp({
  requestTimeoutMs,
  allowPrivateHosts,
}: {
  requestTimeoutMs: number;
  allowPrivateHosts: boolean;
}): Http {
  const client = got.extend({
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    decompress: false,
    maxHeaderSize: maxHeaderBytes,
    timeout: { request: requestTimeoutMs },
    agent: readyConnections(requestTimeoutMs),
    headers: { 'user-agent': 'landfall', 'accept-encoding': acceptedEncodings },
    ...(allowPrivateHosts ? {} : { dnsLookup: publicLookup as never }),
  });
  return async call => {
    if (!allowPrivateHosts) refusePrivateLiteral(call.url);
    const guard = new SendGuard(call.beforeSend);
    try {
      const { bytes, ...answer } = await send(client, call, guard);
      await heapRoom(bytes.length, requestTimeoutMs, call.signal);
      return { ...answer, text: bytes.toString('utf8') };
    } catch (error) {
      if (guard.refusal) throw guard.refusal.error;
      // The caller aborted, and its reason is the error.
      if (call.signal?.aborted) throw call.signal.reason;
      throw failureOfRequest(error, call.url, guard.sentAt);
    }
  };
}

/** Remembers why a request must not be sent. The broken connection that follows is only a consequence. */
class SendGuard {
  refusal: { error: unknown } | null = null;
  /** performance.now(); null before it, and for a body in several chunks: the last may have left later than it was read. */
  sentAt: number | null = null;
  private checks = 0;

  constructor(private readonly beforeSend: (() => void) | undefined) {}

  check(): void {
    this.sentAt = this.checks++ === 0 ? performance.now() : null;
    try {
      this.beforeSend?.();
    } catch (error) {
      this.refusal = { error };
      throw error;
    }
  }
}

async function send(
  client: Got,
  { method = 'GET', url, headers, json, signal, maxBytes }: HttpCall,
  guard: SendGuard,
): Promise<Omit<HttpAnswer, 'text'> & { bytes: Buffer }> {
  const body = requestBody(json, headers, () => guard.check());
  const stream = client.stream(url, { method, ...body, ...(signal ? { signal } : {}) });
  stream.on('request', (request: ClientRequest) => {
    request.once('socket', () => {
      try {
        guard.check();
      } catch (error) {
        request.destroy(error as Error);
      }
    });
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('response', resolve);
  });
  // A request without a body is not ended by anything else.
  if (json === undefined && method !== 'GET') stream.end();
  const { statusCode: status = 0, headers: answerHeaders } = await answered;
  const encoding = answerHeaders['content-encoding'];
  const isSuccess = status >= 200 && status < 300;
  const bytes = isSuccess
    ? await bodyOf(stream, encoding, maxBytes, 'FAIL')
    : await bodyOf(stream, encoding, Math.min(maxBytes, maxErrorBytes), 'CUT');
  return { status, headers: answerHeaders, bytes };
}
