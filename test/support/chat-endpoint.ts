import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface AskedChat {
  path: string;
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a request can be any JSON.
  body: any;
}

/** A field as the endpoint sees it. */
export interface SeenField {
  field: number;
  label: string;
  samples: string[];
  targets: string[];
}

/** An endpoint for chat completions that answers as the test says, and keeps what it was asked. */
export async function chatEndpoint(answer: (fields: SeenField[], response: ServerResponse) => void) {
  const asked: AskedChat[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    answer(JSON.parse(body.messages[1].content), response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked, close };
}

/** As above, closed with the test. */
export async function chatEndpointOfTest(answer: (fields: SeenField[], response: ServerResponse) => void) {
  const endpoint = await chatEndpoint(answer);
  onTestFinished(endpoint.close);
  return endpoint;
}

/** The body of a completion with this content. */
export const completion = (content: unknown) =>
  JSON.stringify({
    choices: [{ message: { role: 'assistant', content: typeof content === 'string' ? content : JSON.stringify(content) } }],
  });
