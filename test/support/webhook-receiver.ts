import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** A message as it arrived. */
export interface Received {
  path: string;
  id: string;
  headers: Record<string, string>;
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: a message can be any JSON.
  json: any;
}

/** An answer: a status, a handler, or a broken connection. */
type Answer = number | 'BREAK' | ((response: ServerResponse) => void);

/** A receiver of webhooks, each at a path of its own; closed with the test. */
export async function webhookReceiver(answer: (message: Received, times: number) => Answer | Promise<Answer> = () => 204) {
  const received: Received[] = [];
  const open = new Map<string, number>();
  /** Paths at which two messages were open at the same time. */
  const overlapping = new Set<string>();
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url!;
    open.set(path, (open.get(path) ?? 0) + 1);
    if (open.get(path)! > 1) overlapping.add(path);
    response.once('close', () => open.set(path, open.get(path)! - 1));
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const headers = request.headers as Record<string, string>;
    const message = { path, id: headers['webhook-id']!, headers, body, json: JSON.parse(body) };
    received.push(message);
    const answered = await answer(message, received.filter(each => each.path === path && each.id === message.id).length);
    await sleep(2);
    if (answered === 'BREAK') request.socket.destroy();
    else if (typeof answered === 'number') response.writeHead(answered).end();
    else answered(response);
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, overlapping };
}
