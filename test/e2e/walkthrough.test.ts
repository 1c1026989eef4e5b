import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { placeholder, workspace } from '../support/destination.js';
import { ended, simulator } from '../support/extraction.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

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
    const { data, errors } = await root.ask(document, JSON.parse(filled) as Record<string, unknown>);
    expect(errors, document).toBeUndefined();
    for (const payload of Object.values(data as Record<string, { userErrors?: unknown[] }>))
      expect(payload?.userErrors ?? [], filled).toEqual([]);
    for (const [, name, path] of text.matchAll(/`([A-Z_]+)` is `([\w.]+)`/g)) values.set(name!, at(data, path!));
    if (/[Ww]ait until the run is over/.test(text))
      expect(await ended(root, values.get('RUN_ID')!)).toMatchObject({ state: 'SUCCEEDED' });
    answers.push(data);
  }
  expect(answers.at(-2)).toMatchObject({
    project: { stage: 'CUTOVER', reconciliation: { balanced: true, differences: { edges: [] } } },
  });
  expect(answers.at(-1)).toMatchObject({ crosswalk: [{ entries: [{ destinationType: 'CONVERSATION' }] }] });
});
