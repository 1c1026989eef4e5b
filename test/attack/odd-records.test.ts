import pg from 'pg';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { keyOf } from '../../src/domain/model/destination-key.js';
import { alteredAnswers } from '../support/altered-answers.js';
import { answerAgents, confirmProposal, connectDestination, workspace } from '../support/destination.js';
import {
  connectedProject,
  ended,
  issuesOf,
  setConnection,
  simulator,
  smallAccount,
  stagedOf,
  startRun,
} from '../support/extraction.js';
import type { RunKind } from '../support/generated/graphql.js';
import { isMessage, produce, reconciliation } from '../support/load.js';
import { deep, deepMark, long, spoil, wholeText } from '../support/odd-account.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '20000', LEASE_MS: '10000' });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

async function finished(projectId: string, kind: RunKind) {
  const environment = kind === 'EXTRACTION' ? {} : ({ environment: 'PRODUCTION' } as const);
  const { run, userErrors } = await startRun(root, { projectId, kind, ...environment });
  expect(userErrors).toEqual([]);
  return ended(root, run.id, 300_000);
}

const skipped: [string, string][] = [
  ['COMPANY', 'A'],
  ['CONTACT', 'C'],
  ['AGENT', 'E'],
  ['DEAL', 'F'],
  ['CATEGORY', 'H'],
  ['ARTICLE', 'J'],
  ['AUTOMATION', 'L'],
  ['CHAT_WIDGET', 'N'],
  ['MAIL_ACCOUNT', 'P'],
  ['REPORT', 'R'],
  ['TICKET', 'T'],
  ['MESSAGE', '2'],
  ['CALL', 'W'],
];

test('an account of odd records: each loses only what cannot be stored, is reported, and the others are complete', {
  timeout: 900_000,
}, async () => {
  const infoset = await simulator(ownUrl => {
    const account = smallAccount(4)(ownUrl);
    spoil(account);
    return account;
  });
  const own = infoset.url;
  let front = '';
  front = await alteredAnswers(own, answered => {
    if (!/json/.test(answered.headers['content-type'] ?? '')) return answered;
    const text = answered.body.toString().replaceAll(deepMark, deep).replaceAll('FILES', front).replaceAll(own, front);
    return { ...answered, body: Buffer.from(text) };
  });
  const { project } = await root.createProject({ name: 'Odd' });
  const projectId = project.id as string;
  const { connection } = await setConnection(root, projectId, { baseUrl: front, secret: infoset.settings.credentials.apiKey });
  expect(connection).toMatchObject({ status: 'OK' });
  const extraction = await finished(projectId, 'EXTRACTION');
  expect([
    extraction.state,
    extraction.blockedBy,
    (await issuesOf(root, projectId)).filter(({ severity }) => severity === 'ERROR'),
  ]).toEqual(['SUCCEEDED', [], []]);

  const intercom = await workspace();
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  const provisioned = await finished(projectId, 'PROVISIONING');
  expect([provisioned.state, provisioned.blockedBy]).toEqual(['SUCCEEDED', []]);
  const run = await produce(root, projectId);
  const issues = await issuesOf(root, projectId);
  expect([run.state, run.blockedBy, issues.filter(({ severity }) => severity === 'ERROR')]).toEqual(['SUCCEEDED', [], []]);

  const { rows, balanced } = await reconciliation(root, projectId);
  for (const [type, letter] of skipped) {
    const reported = issues.find(
      ({ code, recordType, sourceId }) => code === 'ID_UNUSABLE' && recordType === type && sourceId?.startsWith(letter),
    );
    expect(reported, type).toMatchObject({
      severity: 'WARNING',
      message: expect.stringContaining('10000'),
      hint: expect.stringMatching(/\w/),
    });
    const row = rows.find(({ recordType }) => recordType === type)!;
    expect(row.staged, type).toBe(row.source);
    expect(row.skipped, type).toBeGreaterThan(0);
    expect(row.loaded + row.skipped, type).toBe(row.staged);
  }
  expect(balanced).toBe(true);
  const altered = issues.filter(({ code }) => code === 'FIELD_ALTERED');
  for (const type of ['COMPANY', 'CONTACT', 'DEAL', 'TICKET', 'AUTOMATION', 'CHAT_WIDGET', 'MESSAGE'])
    expect(
      altered.some(({ recordType, severity, hint }) => recordType === type && severity === 'WARNING' && hint),
      type,
    ).toBe(true);

  const people = [...intercom.workspace.contacts.values()];
  const known = new Set(people.map(({ external_id }) => external_id));
  const account = String(infoset.account.account.id);
  for (const { id, email } of infoset.account.all('contacts'))
    if (String(id).length < 256 && !email) expect(known, String(id).slice(0, 20)).toContain(keyOf(account, String(id)));
  const odd = people.find(({ email }) => email === 'd@odd.example')!;
  const values = Object.values(odd.custom_attributes);
  for (const value of [
    'under a name with NUL',
    'under half a pair',
    'under a name of 10,000 characters',
    'under __proto__',
    'under constructor',
  ])
    expect(values, value).toContain(value);
  expect(odd.notes.map(({ body }) => body).join()).toContain('at the bottom');
  const many = people.find(({ external_id }) => external_id?.endsWith(':9101'))!;
  expect(many.notes.map(({ body }) => body).join()).toContain('"f99999":"v99999"');

  const conversations = [...intercom.workspace.conversations.values()];
  const ticket = conversations.find(({ custom_attributes }) => custom_attributes.infoset_ticket_id === long('U'))!;
  const parts = ticket.parts.filter(isMessage);
  const bodies = [ticket.source.body, ...parts.map(({ body }) => body ?? '')];
  expect(bodies.some(body => body.includes(wholeText))).toBe(true);
  for (const text of [
    'the first',
    'with a file',
    '<p>mail</p>',
    'the preview moves',
    'by nobody',
    'Duration: -5',
    'Duration: 3000000000',
    'Duration: 1e+300',
    'Duration: abc',
    'Duration: 1 min 5 s',
  ])
    expect(
      bodies.some(body => body.includes(text)),
      text,
    ).toBe(true);
  expect(parts.flatMap(({ attachments }) => attachments)).toHaveLength(1);
});

test('odd answers of the workspace end no run: invalid ids and headers, errors of a megabyte with NUL', {
  timeout: 600_000,
}, async () => {
  const infoset = await simulator(smallAccount(3));
  const intercom = await workspace();
  const refusal = JSON.stringify({ errors: [{ code: 'x\0', message: `no\0 ${'z'.repeat(1_000_000)}` }] });
  let answers = 0;
  const odd = ['-1', '1e999', 'NaN', '1e300', '3000000000', '', '0'];
  const front = await alteredAnswers(intercom.url, (answered, { method, path }) => {
    const value = () => odd[answers++ % odd.length]!;
    const headers = {
      ...answered.headers,
      'x-ratelimit-limit': value(),
      'x-ratelimit-remaining': value(),
      'x-ratelimit-reset': value(),
    };
    if (method === 'POST' && path === '/companies') return { status: 422, headers, body: Buffer.from(refusal) };
    return { ...answered, headers };
  });
  const { project } = await root.createProject({ name: 'Odd answers' });
  const projectId = project.id as string;
  await setConnection(root, projectId, { baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey });
  expect((await finished(projectId, 'EXTRACTION')).state).toBe('SUCCEEDED');
  await connectDestination(root, projectId, { ...intercom, url: front });
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await finished(projectId, 'PROVISIONING')).state).toBe('SUCCEEDED');
  const run = await produce(root, projectId);
  expect([run.state, run.blockedBy]).toEqual(['INCOMPLETE', []]);
  const failed = (await issuesOf(root, projectId)).filter(
    ({ code, recordType }) => code === 'LOAD_FAILED' && recordType === 'COMPANY',
  );
  expect(failed).toHaveLength(infoset.account.all('companies').length);
  for (const { message } of failed) {
    expect(message.length).toBeLessThan(2_000);
    expect(message).toContain('no\ufffd zzz');
  }
  const { rows } = await reconciliation(root, projectId);
  expect(rows.find(({ recordType }) => recordType === 'ARTICLE')).toMatchObject({ balanced: true });
});

test('a value that the database refuses affects only its record, in extraction and load', { timeout: 900_000 }, async () => {
  const infoset = await simulator(smallAccount(3));
  const projectId = await connectedProject(root, infoset);
  const [contact, company] = [infoset.account.all('contacts')[1]!, infoset.account.all('companies')[1]!];
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  onTestFinished(() => owner.end());
  // Like a value that no check covers.
  await owner.query(`
    CREATE FUNCTION landfall.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING ERRCODE = TG_ARGV[0], MESSAGE = 'refused'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON landfall.staged_records FOR EACH ROW
      WHEN (NEW.listing = 'contacts' AND NEW.source_id = '${contact.id}') EXECUTE FUNCTION landfall.refuse('22003');
    CREATE TRIGGER refuse BEFORE INSERT ON landfall.crosswalk FOR EACH ROW
      WHEN (NEW.source_type = 'COMPANY' AND NEW.source_id = '${company.id}') EXECUTE FUNCTION landfall.refuse('54000');`);
  onTestFinished(async () => {
    await owner.query('DROP FUNCTION landfall.refuse CASCADE');
  });
  expect((await finished(projectId, 'EXTRACTION')).state).toBe('SUCCEEDED');
  const staged = (await stagedOf(ownerUrl, projectId)).get('contacts')!;
  expect(staged.size).toBe(infoset.account.all('contacts').length);
  expect(staged.has(String(contact.id))).toBe(false);
  const intercom = await workspace();
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await finished(projectId, 'PROVISIONING')).state).toBe('SUCCEEDED');
  expect(await produce(root, projectId)).toMatchObject({ state: 'INCOMPLETE', blockedBy: [] });
  const issues = await issuesOf(root, projectId);
  const reported = (code: string) => issues.filter(each => each.code === code).map(each => [each.recordType, each.sourceId]);
  expect(reported('RECORD_REFUSED')).toEqual([['CONTACT', String(contact.id)]]);
  expect(reported('LOAD_FAILED')).toEqual([['COMPANY', String(company.id)]]);
  const { rows } = await reconciliation(root, projectId);
  const companies = infoset.account.all('companies').length;
  expect(rows.find(({ recordType }) => recordType === 'COMPANY')).toMatchObject({
    loaded: companies - 1,
    failed: 1,
    balanced: false,
  });
  expect(rows.find(({ recordType }) => recordType === 'CONTACT')).toMatchObject({ skipped: 1 });
});
