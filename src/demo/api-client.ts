import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './generated/graphql.js';

type Variables = Record<string, unknown>;

/** A payload without userErrors: nothing in it is null. */
type Succeeded<Payload> = { [Key in keyof Payload]: NonNullable<Payload[Key]> };

/** A client of the API with a URL and a key: HTTP for queries and mutations, WebSocket for subscriptions. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly apiKey: string,
  ) {}

  /** @throws Error with the messages of the server */
  async query<Data, V extends Variables>(document: TypedDocumentString<Data, V>, variables: NoInfer<V>): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.apiKey}` },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (errors || !data) throw new Error(errors?.map(error => error.message).join(' ') ?? 'The server returned no data.');
    return data;
  }

  /**
   * @param document a document with one mutation, which asks for the code and message of its userErrors
   * @returns the payload of the mutation
   * @throws Error with the messages of its userErrors
   */
  async mutate<Payload extends { userErrors: { code: string; message: string }[] }, Input>(
    document: TypedDocumentString<Record<string, Payload>, { input: Input }>,
    input: NoInfer<Input>,
  ): Promise<Succeeded<Payload>> {
    const payload = Object.values(await this.query(document, { input }))[0]!;
    const problems = payload.userErrors.map(({ code, message }) => `${code}: ${message}`);
    if (problems.length > 0) throw new Error(problems.join(' '));
    return payload as Succeeded<Payload>;
  }

  /** The results of a subscription, until it or the loop of the caller ends. */
  async *subscribe<Result, V extends Variables>(
    document: TypedDocumentString<Record<string, Result>, V>,
    variables: NoInfer<V>,
  ): AsyncGenerator<Result> {
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.apiKey}` },
    });
    try {
      const query = document.toString();
      for await (const { data, errors } of client.iterate<Record<string, Result>>({ query, variables })) {
        if (errors) throw new Error(errors.map(error => error.message).join(' '));
        if (data) yield Object.values(data)[0]!;
      }
    } finally {
      await client.dispose();
    }
  }
}
