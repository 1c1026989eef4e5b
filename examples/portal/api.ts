import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

interface UserError {
  code: string;
  message: string;
}

/** Queries and mutations over HTTP, subscriptions over WebSocket. Documents carry the types of their variables and results. */
export class Api {
  private readonly http: GraphQLClient;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {
    this.http = new GraphQLClient(`${url}/graphql`, { headers: { authorization: `Bearer ${apiKey}` } });
  }

  /** @throws ClientError with `response.errors`, each with `extensions.code` and `extensions.requestId` */
  query<Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: NoInfer<Variables>,
  ): Promise<Data> {
    return this.http.request<Data>(document as TypedDocumentNode<Data>, variables);
  }

  /**
   * The payload of a document with one mutation.
   * @throws Error with its userErrors: what the caller can put right
   */
  async mutate<Payload extends { userErrors: UserError[] }, Input>(
    document: TypedDocumentNode<Record<string, Payload>, { input: Input }>,
    input: NoInfer<Input>,
  ): Promise<Payload> {
    const [payload] = Object.values(await this.query(document, { input }));
    if (!payload) throw new Error('The document contains no mutation.');
    if (payload.userErrors.length > 0)
      throw new Error(payload.userErrors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    return payload;
  }

  /** The results of a subscription, until it or the loop of the caller ends. */
  async *subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: NoInfer<Variables>,
  ): AsyncGenerator<Data> {
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.apiKey}` },
    });
    try {
      for await (const { data, errors } of client.iterate<Data>({ query: print(document), variables })) {
        if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
        if (data) yield data;
      }
    } finally {
      await client.dispose();
    }
  }
}
