import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen } from '../../src/simulators/simulator-server.js';

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A server in front of another one that changes its answers; closed with the test. */
export async function alteredAnswers(
  target: string,
  alter: (answered: Answered, about: { method: string; path: string }) => Answered,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers as Record<string, string>;
    const method = request.method ?? 'GET';
    const body = chunks.length > 0 ? Buffer.concat(chunks) : null;
    const answer = await fetch(target + request.url, { method, headers, body, redirect: 'manual' });
    const reported = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-length'));
    const honest = { status: answer.status, headers: reported, body: Buffer.from(await answer.arrayBuffer()) };
    const altered = alter(honest, { method, path: new URL(request.url ?? '/', target).pathname });
    response.writeHead(altered.status, altered.headers).end(altered.body);
  });
  const address = await listen(server, 0);
  onTestFinished(() => address.close());
  return address.url;
}
