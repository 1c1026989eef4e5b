import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A client of the API with a URL and a key: HTTP for queries and mutations, WebSocket for subscriptions. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly apiKey: string,
  ) {}

  /** @throws Error with the messages of the server */
  async query<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.apiKey}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
    if (errors || !data) throw new Error(errors?.map(error => error.message).join(' ') ?? 'The server returned no data.');
    return data;
  }

  /** @returns the payload of a mutation @throws Error with the messages of its userErrors */
  async mutate<T>(name: string, input: Record<string, unknown>, fields: string): Promise<T> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`;
    const { [name]: payload } = await this.query<Record<string, T & { userErrors: { code: string; message: string }[] }>>(query, {
      input,
    });
    const problems = payload!.userErrors.map(({ code, message }) => `${code}: ${message}`);
    if (problems.length > 0) throw new Error(problems.join(' '));
    return payload!;
  }

  /** The results of a subscription, until it or the loop of the caller ends. */
  async *subscribe<T>(query: string, variables: Record<string, unknown>): AsyncGenerator<T> {
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.apiKey}` },
    });
    try {
      for await (const { data, errors } of client.iterate<Record<string, T>>({ query, variables })) {
        if (errors) throw new Error(errors.map(error => error.message).join(' '));
        if (data) yield Object.values(data)[0]!;
      }
    } finally {
      await client.dispose();
    }
  }
}
