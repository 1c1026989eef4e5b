import { readFileSync } from 'node:fs';
import { buildSchema, parse, print, validate } from 'graphql';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { examples } from '../../src/graphql/graphiql/examples.js';
import { chromiumOfThisFile, hasChromium } from '../support/chromium.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let browser: Browser;
beforeAll(async () => {
  ({ root } = await serverOfThisFile());
  if (hasChromium) browser = await chromiumOfThisFile();
});

/** A page of GraphiQL in a fresh profile, and everything that went wrong or was asked there. */
async function opened() {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1000 } });
  context.setDefaultTimeout(240_000);
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => message.type() === 'error' && problems.push(message.text()));
  page.on('request', request => request.method() === 'POST' && asked.push(request.url()));
  await page.goto(`${root.url}/graphiql`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  return { page, problems, asked, close: () => context.close() };
}

const openTab = (page: Page, name: string) => page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click();

/** Types into an editor of the page: its name is the end of the address of its text. */
const type = (page: Page, editor: 'variables.json' | 'request-headers.json', text: string) =>
  page.evaluate(
    ([end, value]) => {
      interface Model {
        uri: { path: string };
        setValue(text: string): void;
      }
      const { __MONACO } = globalThis as unknown as { __MONACO: { editor: { getModels(): Model[] } } };
      __MONACO.editor
        .getModels()
        .find(each => each.uri.path.endsWith(end!))!
        .setValue(value!);
    },
    [editor, text],
  );

const shows = (page: Page, text: string) => page.locator('.graphiql-response .view-lines', { hasText: text }).waitFor();

test.skipIf(!hasChromium)('GraphiQL opens without an error and asks nothing before a key is given', async () => {
  const { page, problems, asked, close } = await opened();
  expect(await page.locator('.graphiql-tab').allInnerTexts()).toHaveLength(examples.length);
  expect(asked).toEqual([]);
  await page.click('.graphiql-execute-button');
  await shows(page, 'Type an API key into the field above first.');
  await page.fill('#key', root.key);
  await page.press('#key', 'Enter');
  await page.waitForResponse(response => response.url().endsWith('/graphql'));
  await page.click('.graphiql-execute-button');
  await shows(page, '"role": "ADMIN"');
  expect(problems).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(root.key);
  await close();
});

test.skipIf(!hasChromium)('a subscription of GraphiQL uses the key of the field, or of the headers of its tab', async () => {
  const { project } = await root.createProject({ name: 'followed' });
  for (const typeKey of [
    (page: Page) => page.fill('#key', root.key).then(() => page.press('#key', 'Enter')),
    (page: Page) => type(page, 'request-headers.json', JSON.stringify({ Authorization: `Bearer ${root.key}` })),
  ]) {
    const { page, problems, close } = await opened();
    await openTab(page, 'ProjectEvents');
    await type(page, 'variables.json', JSON.stringify({ projectId: project.id, afterSeq: 0 }));
    await typeKey(page);
    await page.waitForTimeout(500); // The editors report what was typed after a pause.
    await page.click('.graphiql-execute-button');
    await shows(page, '"type": "PROJECT_CREATED"');
    expect(problems).toEqual([]);
    await close();
  }
  const { page, close } = await opened();
  await openTab(page, 'ProjectEvents');
  await page.fill('#key', 'wrong-key-of-many-letters');
  await page.press('#key', 'Enter');
  await page.click('.graphiql-execute-button');
  await shows(page, 'The server closed the socket: 4403 Forbidden');
  await close();
});

test('the files of GraphiQL are compressed, come from here, and run under a strict policy', async () => {
  const html = await (await fetch(`${root.url}/graphiql`)).text();
  const files = [...html.matchAll(/(?:src|href)="(graphiql\/[^"]+)"/g)].map(([, path]) => path!);
  expect(files.length).toBeGreaterThan(3);
  expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="(https?:)?\/\//);
  let bytes = 0;
  for (const file of ['graphiql', ...files]) {
    const answer = await fetch(`${root.url}/${file}`, { headers: { 'accept-encoding': 'gzip' } });
    expect([answer.status, answer.headers.get('content-encoding')], file).toEqual([200, 'gzip']);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe-eval');
    bytes += Number(answer.headers.get('content-length'));
    const plain = await fetch(`${root.url}/${file}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(await answer.text());
    const again = await fetch(`${root.url}/${file}`, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': answer.headers.get('etag')! },
      cache: 'force-cache', // By default fetch asks with no-cache here.
    });
    expect(again.status).toBe(304);
  }
  expect(bytes).toBeLessThan(3_000_000);
  expect((await fetch(`${root.url}/graphiql/files/secrets-key`)).status).toBe(404);
});

test('the examples of GraphiQL are the steps of the walkthrough, and valid', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
  for (const { query } of examples) expect(validate(schema, parse(query)), query).toEqual([]);
  const page = readFileSync(new URL('../../docs/walkthrough.md', import.meta.url), 'utf8');
  const steps = [...page.matchAll(/```graphql\n([\s\S]*?)```\s*```json\n([\s\S]*?)```/g)];
  const told = steps.map(([, document, variables]) => [print(parse(document!)), JSON.parse(variables!)]);
  const shown = examples.slice(1, -1).map(({ query, variables }) => [print(parse(query)), JSON.parse(variables)]);
  expect(shown).toEqual(told);
});
