import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { migrate } from '../../examples/portal/migrate.js';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { placeholder, workspace } from '../support/destination.js';
import { ended, simulator } from '../support/extraction.js';
import { type Answer, type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

interface Step {
  document: string;
  variables: string;
  /** What follows until the next step: names of values, and waits. */
  text: string;
}

const page = readFileSync(new URL('../../docs/walkthrough.md', import.meta.url), 'utf8');
const steps: Step[] = [...page.matchAll(/```graphql\n([\s\S]*?)```\s*```json\n([\s\S]*?)```([\s\S]*?)(?=```graphql|$)/g)].map(
  ([, document, variables, text]) => ({ document: document!, variables: variables!, text: text! }),
);

const at = (answer: unknown, path: string): string =>
  String(path.split('.').reduce((value, name) => (value as Record<string, unknown>)[name], answer));

/** The answer; of a subscription, its last one. */
async function carriedOut(query: string, variables: Record<string, unknown>): Promise<Pick<Answer, 'data' | 'errors'>> {
  if (!query.startsWith('subscription')) return root.ask(query, variables);
  const client = root.webSocket();
  let last: unknown;
  for await (const answer of client.iterate({ query, variables })) last = answer;
  await client.dispose();
  return last as Answer;
}

test('the walkthrough leads from an empty project to a balanced one', async () => {
  const tables = { contacts: [contact(1001)], tickets: [ticket(1)], ticketlogs: [log(1, 1, { content: 'Merhaba' })] };
  const [infoset, intercom, sandbox] = [await simulator(accountOf(tables)), await workspace(), await workspace()];
  const values = new Map([
    ['INFOSET_URL', infoset.url],
    ['INFOSET_KEY', String(infoset.settings.credentials.apiKey)],
    ['INTERCOM_URL', intercom.url],
    ['INTERCOM_TOKEN', intercom.settings.token],
    ['SANDBOX_URL', sandbox.url],
    ['SANDBOX_TOKEN', sandbox.settings.token],
    ['PLACEHOLDER_EMAIL', placeholder],
    ['TICKET_ID', '1'],
  ]);
  expect(steps.length).toBeGreaterThan(12);
  const answers: Record<string, unknown>[] = [];
  for (const { document, variables, text } of steps) {
    const filled = variables.replace(/"([A-Z]+_[A-Z]+)"/g, (_, name: string) => JSON.stringify(values.get(name) ?? name));
    const { data, errors } = await carriedOut(document, JSON.parse(filled) as Record<string, unknown>);
    expect(errors, document).toBeUndefined();
    for (const payload of Object.values(data as Record<string, { userErrors?: unknown[] }>))
      expect(payload?.userErrors ?? [], filled).toEqual([]);
    for (const [, name, path] of text.matchAll(/`([A-Z_]+)` is `([\w.]+)`/g)) values.set(name!, at(data, path!));
    if (/[Ww]ait until the run is over/.test(text))
      expect(await ended(root, values.get('RUN_ID')!)).toMatchObject({ state: 'SUCCEEDED' });
    answers.push(data);
  }
  expect(answers.at(-4)).toMatchObject({
    project: { stage: 'CUTOVER', reconciliation: { balanced: true, differences: { edges: [] } } },
  });
  expect(answers.at(-3)).toMatchObject({ crosswalk: [{ entries: [{ destinationType: 'CONVERSATION' }] }] });
  expect(answers.at(-1)).toMatchObject({ completeCutover: { project: { stage: 'HYPERCARE' } } });
});

test('the portal of examples/ migrates an account, and its types are those of the API', async () => {
  const tables = { contacts: [contact(1001)], tickets: [ticket(1)], ticketlogs: [log(1, 1, { content: 'Merhaba' })] };
  const [infoset, production, sandbox] = [await simulator(accountOf(tables)), await workspace(), await workspace()];
  const lines: string[] = [];
  const { stage } = await migrate(
    {
      url: root.url,
      apiKey: root.key,
      infoset: { url: infoset.url, key: String(infoset.settings.credentials.apiKey) },
      sandbox: { url: sandbox.url, token: sandbox.settings.token },
      production: { url: production.url, token: production.settings.token },
      placeholder,
    },
    line => lines.push(line),
  );
  expect(stage).toBe('HYPERCARE');
  expect(lines).toEqual(expect.arrayContaining(['SANDBOX is balanced', 'PRODUCTION is balanced']));
  expect(lines).toContain('PRODUCTION TICKET: source 1, staged 1, loaded 1, verified 1, failed 0');
});

test('the examples of docs/api.md run as they are', async () => {
  const api = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const clients = /^## Clients\n([\s\S]*?)^## /m.exec(api)![1]!;
  const examples = [...clients.matchAll(/^```(sh|js)\n([\s\S]*?)^```/gm)].map(([, language, text]) => ({
    language,
    text: text!,
  }));
  expect(examples.map(({ language }) => language)).toEqual(['sh', 'js', 'js', 'js']);
  // Packages are found from a folder of the project.
  mkdirSync(new URL('../../.tmp', import.meta.url), { recursive: true });
  const folder = mkdtempSync(fileURLToPath(new URL('../../.tmp/examples-', import.meta.url)));
  const execute = async (file: string, args: string[], projectId: string) => {
    const env = { ...process.env, LANDFALL_URL: root.url, LANDFALL_KEY: root.key, PROJECT_ID: projectId };
    return (await promisify(execFile)(file, args, { env })).stdout;
  };
  const [curl, ...programs] = examples;
  const { data } = JSON.parse(await execute('bash', ['-c', curl!.text], ''));
  const { id, name } = data.createProject.project as { id: string; name: string };
  expect(name).toBe('Acme');
  const printed: string[] = [];
  for (const [index, { text }] of programs.entries()) {
    const file = join(folder, `example-${index}.mjs`);
    writeFileSync(file, text);
    printed.push(await execute(process.execPath, [file], id));
  }
  rmSync(folder, { recursive: true });
  expect(printed).toEqual(['Acme DISCOVERY\n', expect.stringMatching(/^1 .+\n$/), `${id} Acme\n`]);
});
