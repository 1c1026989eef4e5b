import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { exactJson } from './exact-json.js';
import { type FaultKind, type FaultOrder, Faults } from './faults.js';

/** A call to a simulator. */
export interface Call {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** An answer. An object is sent as JSON, a string as text, a buffer as bytes. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: object | string | Buffer | null;
}

export interface Address {
  url: string;
  close(): Promise<void>;
}

/** Listens on the loopback interface. @param port 0 for any free port */
export async function listen(server: Server, port: number): Promise<Address> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${bound}`,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An HTTP server around a function from call to reply. Faults change its answers. */
export class SimulatorServer {
  readonly faults = new Faults();
  /** Number of calls by method and path, with {id} for ids. */
  readonly calls: Record<string, number> = {};
  /** Number of answers by status. */
  readonly answers: Record<number, number> = {};
  inFlight = 0;
  /** Answer to `GET /`, which is no call: what the control port offers. */
  about: object = {};
  /** Observes calls. */
  onCall: (call: Call) => void = () => {};
  /** Observes replies before faults change them. */
  onReply: (call: Call, reply: Reply) => void = () => {};
  maxInFlight = 0;

  constructor(
    private readonly reply: (call: Call) => Promise<Reply> | Reply,
    private readonly now: () => Date,
    /** In bytes. The connection of a larger request is closed. */
    private readonly largestRequest: () => number = () => Number.POSITIVE_INFINITY,
  ) {}

  start(port: number): Promise<Address> {
    return listen(
      // Longer than clients keep idle connections, as the balancers of platforms do.
      createServer({ keepAliveTimeout: 60_000 }, (request, response) => void this.serve(request, response)),
      port,
    );
  }

  private async correctReply(call: Call): Promise<Reply> {
    const reply = await this.reply(call);
    this.onReply(call, reply);
    return reply;
  }

  private withFault(order: FaultOrder | null, reply: Reply): Reply {
    if (!order) return reply;
    if (order.kind === 'LYING_HEADERS') {
      const lie = lies[(this.faults.done.LYING_HEADERS ?? 0) % lies.length]!;
      return { ...reply, headers: { ...reply.headers, ...lie(this.now().getTime()) } };
    }
    return withStatus(replacements[order.kind], order) ?? reply;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    if (request.method === 'GET' && url.pathname === '/')
      return send(response, { status: 200, body: this.about }, this.now(), null);
    const name = `${request.method} ${url.pathname.replace(/\/(\d+|[0-9a-f]{24}|infoset:[^/]+|infoset%3A[^/]+)(?=\/|$)/g, '/{id}')}`;
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
    response.once('close', () => {
      this.inFlight--;
    });
    const order = this.faults.next(request.method ?? 'GET', url.pathname);
    const fault = order?.kind ?? null;
    if (fault === 'RESET_BEFORE') return void request.socket.destroy();
    const call = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers };
    const body = await textOf(request, this.largestRequest());
    // The client closed the connection before the request was complete.
    if (body === null) return;
    this.onCall({ ...call, body });
    if (fault === 'LATE') {
      request.socket.destroy();
      await sleep(order?.delayMs ?? 200);
    }
    const refusal = order && refusalOf(order);
    const reply = refusal ?? this.withFault(order, await this.correctReply({ ...call, body }));
    this.answers[reply.status] = (this.answers[reply.status] ?? 0) + 1;
    await send(response, reply, this.now(), fault);
  }
}

/** null if the request is incomplete. */
async function textOf(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      received += (chunk as Buffer).length;
      if (received > maxBytes) return null;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return null;
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

const badGateway: Reply = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><h1>502 Bad Gateway</h1></html>',
};

function errorList(status: number, code: string, message: string): Reply {
  return { status, body: { type: 'error.list', request_id: null, errors: [{ code, message }] } };
}

/** Answers of faults that happen before the call is processed. */
const refusals: Partial<Record<FaultKind, Reply>> = {
  UNAUTHORIZED: errorList(401, 'unauthorized', 'Access Token Invalid'),
  FORBIDDEN: errorList(403, 'api_plan_restricted', 'Active subscription needed.'),
  NOT_FOUND: errorList(404, 'not_found', 'Resource Not Found'),
  SERVER_ERROR_BEFORE: badGateway,
  RATE_LIMITED: { status: 429, body: { message: 'Too many requests' } },
  REFUSED: errorList(422, 'data_invalid', 'The request is refused'),
};

const withStatus = (reply: Reply | undefined, { kind, status }: FaultOrder): Reply | undefined =>
  reply && status && kind.startsWith('SERVER_ERROR') ? { ...reply, status } : reply;

/** Headers that contradict the answer or themselves, by the time in milliseconds. */
const lies: readonly ((now: number) => Record<string, string>)[] = [
  () => ({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '-5', 'x-ratelimit-reset': 'soon' }),
  now => ({
    'x-ratelimit-limit': '100000',
    'x-ratelimit-remaining': '100000',
    'x-ratelimit-reset': String(Math.ceil(now / 1000) + 5),
  }),
  () => ({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '900', 'x-ratelimit-reset': '1' }),
  now => ({
    'x-ratelimit-limit': '50',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(now / 1000) + 1),
    'retry-after': '86400',
  }),
  () => ({ 'content-type': 'text/html', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }),
];

function refusalOf(order: FaultOrder): Reply | undefined {
  const { kind, retryAfter } = order;
  const refusal = withStatus(refusals[kind], order);
  return refusal && retryAfter !== undefined ? { ...refusal, headers: { 'retry-after': String(retryAfter) } } : refusal;
}

/** Answers of faults that happen after the call is processed. */
const replacements: Partial<Record<FaultKind, Reply>> = {
  SERVER_ERROR: badGateway,
  HTML: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
  ERROR_BODY: { status: 200, body: { message: 'An unexpected error occurred.' } },
};

async function send(response: ServerResponse, reply: Reply, now: Date, fault: FaultKind | null): Promise<void> {
  if (fault === 'HANG' || fault === 'LATE') return;
  if (fault === 'RESET_AFTER') return void response.socket?.destroy();
  const { body } = reply;
  const isData = body === undefined || body === null || (typeof body === 'object' && !Buffer.isBuffer(body));
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(isData ? exactJson(body ?? null) : (body as string));
  const type = Buffer.isBuffer(body)
    ? 'application/octet-stream'
    : isData
      ? 'application/json; charset=utf-8'
      : 'text/plain; charset=utf-8';
  const whole = fault === 'TRUNCATED' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  response.writeHead(reply.status, {
    date: now.toUTCString(),
    'content-type': type,
    'content-length': whole.length,
    ...reply.headers,
  });
  if (fault !== 'SLOW') return void response.end(whole);
  for (let at = 0; at < whole.length && !response.destroyed; at += Math.ceil(whole.length / 8)) {
    response.write(whole.subarray(at, at + Math.ceil(whole.length / 8)));
    await sleep(20);
  }
  response.end();
}
