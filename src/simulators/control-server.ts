import { createServer } from 'node:http';
import { exactJson, parseExactly } from './exact-json.js';
import { faultKinds } from './faults.js';
import { type Address, listen, type SimulatorServer } from './simulator-server.js';

/** Requests that only one simulator's control server knows; null for an unknown request. */
// biome-ignore lint/suspicious/noExplicitAny: a body is whatever JSON was sent.
export type Act = (method: string, path: string[], body: any) => object | null;

const commonRequests = {
  'GET /calls': 'calls by method and path, answers by status, most calls at once, faults so far',
  'POST /faults': `a fault of coming calls: kind (${faultKinds.join(', ')}), and share or times, path, method, delayMs, retryAfter, seed`,
  'DELETE /faults': 'no faults any more',
};

/** Controls a simulator by HTTP on a separate port: calls, faults, and the requests of `act`. */
export async function startControlServer(
  server: SimulatorServer,
  port: number,
  requests: Record<string, string>,
  act: Act,
): Promise<Address> {
  const about = { controlUrl: '', requests: { ...commonRequests, ...requests } };
  const common: Act = (method, path, body) => {
    const [what] = path;
    if (method === 'GET' && what === undefined) return about;
    if (method === 'GET' && what === 'calls')
      return { calls: server.calls, answers: server.answers, maxInFlight: server.maxInFlight, faults: server.faults.done };
    if (method === 'POST' && what === 'faults') server.faults.add(body);
    else if (method === 'DELETE' && what === 'faults') server.faults.clear();
    else return act(method, path, body);
    return {};
  };
  const control = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(exactJson(body));
    try {
      const body = chunks.length > 0 ? parseExactly(Buffer.concat(chunks).toString('utf8')) : {};
      const result = common(request.method ?? '', (request.url ?? '').split('/').filter(Boolean), body);
      answer(result ? 200 : 404, result ?? { message: 'Unknown request. GET / lists the requests.' });
    } catch (error) {
      answer(400, { message: (error as Error).message });
    }
  });
  const address = await listen(control, port);
  about.controlUrl = address.url;
  server.about = about;
  return address;
}
