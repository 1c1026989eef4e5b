import { randomBytes } from 'node:crypto';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { freshDatabase } from './database.js';
import { atEndOfFile } from './end-of-file.js';
import type { TypedDocumentString } from './generated/graphql.js';

/** Short, so that tests do not wait, and long enough for a busy machine. */
export const quickTimes = { LEASE_MS: '2000', RATE_LIMIT_WAIT_MS: '300', REQUEST_TIMEOUT_MS: '10000', SETTLE_MS: '300' };

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the fields that the test requested.
  data: any;
  errors?: { message: string; path?: unknown[]; extensions: { code: string; requestId: string } }[];
  headers: Headers;
}

/** A payload without userErrors: nothing in it is null. */
type Succeeded<Payload> = { [Key in keyof Payload]: NonNullable<Payload[Key]> };

/** A partner's view of a server: one key, HTTP and WebSocket. */
export class Partner {
  constructor(
    readonly url: string,
    readonly key: string,
  ) {}

  async post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}`, ...headers },
      body,
    });
    return {
      ...((await response.json()) as Pick<Answer, 'data' | 'errors'>),
      status: response.status,
      headers: response.headers,
    };
  }

  ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    return this.post(JSON.stringify({ query, variables }));
  }

  /** Data of a typed document. @throws Error if the answer has errors */
  async query<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: NoInfer<Variables>,
  ): Promise<Data> {
    const { data, errors } = await this.ask(document.toString(), variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Payload of the one mutation of a typed document. A test that expects userErrors reads those alone. */
  async call<Payload, Input>(
    document: TypedDocumentString<Record<string, Payload>, { input: Input }>,
    input: NoInfer<Input>,
  ): Promise<Succeeded<Payload>> {
    return Object.values(await this.query(document, { input }))[0] as Succeeded<Payload>;
  }

  /** A mutation with one input; answers its payload with `fields` and userErrors. */
  async mutate(name: string, inputType: string, input: Record<string, unknown>, fields: string) {
    const query = `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${fields} userErrors { code message path retryable } } }`;
    const { data, errors } = await this.ask(query, { input });
    if (errors) throw new Error(JSON.stringify(errors));
    return data[name];
  }

  createProject(input: Record<string, unknown>) {
    return this.mutate(
      'createProject',
      'CreateProjectInput',
      input,
      'project { id name externalRef organization { id } createdAt }',
    );
  }

  createOrganization(input: Record<string, unknown>) {
    return this.mutate('createOrganization', 'CreateOrganizationInput', input, 'organization { id name kind parent { id } }');
  }

  createApiKey(input: Record<string, unknown>) {
    return this.mutate('createApiKey', 'CreateApiKeyInput', input, 'secret apiKey { id name role prefix organization { id } }');
  }

  /** Creates an organization of this kind below this partner's, and returns a partner with an ADMIN key of it. */
  async below(kind: string, role = 'ADMIN'): Promise<Partner & { organizationId: string }> {
    const { organization } = await this.createOrganization({ name: `A ${kind}`, kind });
    const { secret } = await this.createApiKey({ organizationId: organization.id, name: 'test', role });
    return Object.assign(new Partner(this.url, secret), { organizationId: organization.id as string });
  }

  webSocket(
    connectionParams: Record<string, unknown> = { authorization: `Bearer ${this.key}` },
    onSocket?: (socket: WebSocket) => void,
  ): Client {
    return createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
      on: { opened: socket => onSocket?.(socket as WebSocket) },
    });
  }
}

/** The first answer of a subscription, or what it failed with. */
export async function firstOf(client: Client, payload: SubscribePayload): Promise<unknown> {
  for await (const result of client.iterate(payload)) return result;
  return undefined;
}

/** A server for all tests of a file, on a database of its own; closed at the end of the file. */
export async function serverOfThisFile(environment: Record<string, string> = {}) {
  const database = await freshDatabase('template_landfall', close => atEndOfFile(close as () => Promise<unknown>));
  const key = `test-key-${randomBytes(12).toString('hex')}`;
  const config = loadConfig(
    { allowPrivateHosts: true, logLevel: 'fatal' },
    {
      PORT: '0',
      DATABASE_URL: database.serverUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      SECRETS_KEY: randomBytes(32).toString('base64'),
      BOOTSTRAP_API_KEY: key,
      ...environment,
    },
  );
  const server: RunningServer = await startServer(config, createLog(config), () => {});
  atEndOfFile(async () => server[Symbol.asyncDispose]());
  return { server, database, root: new Partner(server.url, key) };
}
