import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { type Answer, firstOf, Partner } from './server.js';

/** All that the server says to anybody, by the way it says it. */
export class Emitted {
  private readonly texts = new Map<string, string[]>();

  take(way: string, text: string): string {
    this.texts.set(way, [...(this.texts.get(way) ?? []), text]);
    return text;
  }

  of(way: string): string {
    return (this.texts.get(way) ?? []).join('\n');
  }

  get ways(): string[] {
    return [...this.texts.keys()].sort();
  }

  /** Where a text occurs, as it is or in another common form. */
  placesOf(text: string): string[] {
    const bytes = Buffer.from(text);
    const forms = [
      text,
      JSON.stringify(text).slice(1, -1),
      encodeURIComponent(text),
      bytes.toString('base64'),
      bytes.toString('hex'),
    ];
    return [...this.texts].flatMap(([way, all]) => {
      const found = all.find(each => forms.some(form => each.includes(form)));
      return found === undefined ? [] : [`${way}: ${found.slice(0, 300)}`];
    });
  }
}

/** A partner whose answers are kept, without the secrets that are given once, in fields of their own. */
export class Watched extends Partner {
  constructor(
    url: string,
    key: string,
    private readonly emitted: Emitted,
  ) {
    super(url, key);
  }

  override async post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await super.post(body, headers);
    const withoutGiven = (name: string, value: unknown) => (name === 'secret' || name === 'token' ? undefined : value);
    this.emitted.take('GraphQL', JSON.stringify({ ...answer, headers: [...answer.headers] }, withoutGiven));
    return answer;
  }

  async follow(query: string): Promise<void> {
    const client = this.webSocket();
    const first = await firstOf(client, { query }).catch(error => error);
    this.emitted.take('WebSocket', JSON.stringify(first));
    await client.dispose();
  }
}

/** A collector of traces. */
export async function collector(emitted: Emitted): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    emitted.take('traces', Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
