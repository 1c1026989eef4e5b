import { beforeAll, expect, test } from 'vitest';
import {
  connectedProject,
  ended,
  expectWhole,
  extract,
  issuesOf,
  simulator,
  smallAccount,
  stagedOf,
  startRun,
} from '../support/extraction.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({ LEASE_MS: '2000', RATE_LIMIT_WAIT_MS: '300', REQUEST_TIMEOUT_MS: '1000' });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

test('an account of 60 tickets is read completely, its quirks are reported as issues', async () => {
  const infoset = await simulator(smallAccount(60));
  const projectId = await connectedProject(root, infoset);
  const run = await extract(root, projectId);
  expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
  expect(run).toMatchObject({ state: 'SUCCEEDED', progress: { fraction: 1 } });
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  for (const { listing, source, staged, skipped } of run.listings) {
    if (source !== null)
      expect(staged + (['emails', 'files', 'recordings'].includes(listing) ? skipped : 0), listing).toBe(source);
  }
  const issues = await issuesOf(root, projectId);
  const found = (code: string) => issues.filter(issue => issue.code === code).map(issue => issue.sourceId);
  expect(found('CUSTOM_FIELDS_UNREADABLE')).toEqual(['9015']);
  expect(found('DETAIL_MISSING')).toHaveLength(1);
  expect(found('DANGLING_REFERENCE')).toEqual(expect.arrayContaining(['9014', '80']));
  for (const issue of issues) expect(issue).toMatchObject({ hint: expect.any(String), message: expect.any(String) });
  expect(infoset.server.maxInFlight).toBeLessThanOrEqual(5);
  // One call for each page of a ticket's logs, one for each e-mail body.
  const pages = infoset.account
    .all('tickets')
    .reduce((sum, { id }) => sum + Math.max(1, Math.ceil(infoset.account.logs(String(id)).length / 100)), 0);
  expect(infoset.server.calls['GET /v1/tickets/logs']).toBe(pages);
  expect(infoset.server.calls['GET /v1/email/{id}']).toBe(infoset.account.all('emails').length + 1);
  // A second run reads the same, and changes nothing.
  const again = await extract(root, projectId);
  expect(again.state).toBe('SUCCEEDED');
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
});

test('discovery: plan, counts, refused listings, and data that will soon be deleted', async () => {
  const infoset = await simulator(smallAccount(60), { unavailable: { '/v1/automations': 403, '/v1/articles': 404 } });
  const projectId = await connectedProject(root, infoset);
  const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
  expect(await ended(root, run.id)).toMatchObject({ state: 'SUCCEEDED', progress: { fraction: 1 } });
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { stage discovery { discoveredAt plan { code chatHistoryRetentionDays mailAccountLimit chatWidgetLimit recordingDownload }
        counts { recordType source staged } resources { resource recordType available reason } retention { windowDays oldestChatAt deadline daysRemaining atRisk alreadyPurged } } } }`,
  );
  const { discovery, stage } = data.project;
  expect(stage).toBe('EXTRACTION');
  expect(discovery.plan).toEqual({
    code: 'professional',
    chatHistoryRetentionDays: 90,
    mailAccountLimit: 3,
    chatWidgetLimit: 1,
    recordingDownload: true,
  });
  const counts = Object.fromEntries(
    discovery.counts.map((each: { recordType: string; source: number | null }) => [each.recordType, each.source]),
  );
  expect(counts).toMatchObject({ TICKET: 60, CONTACT: infoset.account.all('contacts').length, AGENT: 12, ARTICLE: null });
  expect(counts.MESSAGE).toBeUndefined();
  const refused = discovery.resources.filter((each: { available: boolean }) => !each.available);
  expect(refused).toEqual([
    expect.objectContaining({ resource: 'articles', recordType: 'ARTICLE', reason: expect.stringContaining('404') }),
    expect.objectContaining({ resource: 'automations', recordType: 'AUTOMATION', reason: expect.stringContaining('403') }),
  ]);
  const since = new Date('2026-11-25T00:00:00Z').getTime() - 90 * 86_400_000;
  const atRisk = infoset.account
    .all('tickets')
    .filter(each => each.channelType === 'chat' && infoset.account.time(each.updatedDate) >= since);
  const oldest = Math.min(...atRisk.map(each => infoset.account.time(each.createdDate)));
  expect(discovery.retention).toMatchObject({
    windowDays: 90,
    atRisk: atRisk.length,
    oldestChatAt: new Date(oldest).toISOString(),
    alreadyPurged: null,
  });
  expect(discovery.discoveredAt).toBe('2026-11-25T00:00:00.000Z');
  const planned = async () =>
    (
      await root.ask(
        `{ project(id: "${projectId}") { discovery { counts { recordType source staged } constraints { code severity message recommendation }
            complexity { grade factors { name grade reason } } estimate { apiCalls callsPerMinute secondsP50 secondsP90 } } } }`,
      )
    ).data.project.discovery;
  const before = await planned();
  expect(before.constraints.map((each: { code: string }) => each.code)).toEqual(
    expect.arrayContaining(['TEAMMATES_MISSING', 'DEAL_TYPE_MISSING', 'SEATS', 'FIN_USAGE']),
  );
  expect(before.complexity.factors).toHaveLength(5);
  expect(before.estimate.secondsP90).toBeGreaterThan(before.estimate.secondsP50);
  // A refused listing is one issue of the extraction, and does not make it incomplete.
  const extraction = await extract(root, projectId);
  expect(extraction.state).toBe('SUCCEEDED');
  const unavailable = (await issuesOf(root, projectId)).filter(issue => issue.code === 'RESOURCE_UNAVAILABLE');
  expect(unavailable.map(issue => issue.recordType).sort()).toEqual(['ARTICLE', 'AUTOMATION']);
  // What the extraction has read is known now.
  const after = await planned();
  const logs = infoset.account.all('tickets').reduce((sum, { id }) => sum + infoset.account.logs(String(id)).length, 0);
  const numbers = Object.fromEntries(after.counts.map(({ recordType, ...each }: { recordType: string }) => [recordType, each]));
  expect(numbers.MESSAGE).toEqual({ source: logs, staged: logs });
  for (const type of ['ATTACHMENT', 'RECORDING']) expect(numbers[type].staged, type).toBeGreaterThan(0);
  expect(after.estimate.apiCalls).toBeGreaterThan(logs);
});

test('more records than one batch vanish from a listing between two extractions', async () => {
  const infoset = await simulator(smallAccount(2));
  const { account } = infoset;
  const [user] = account.all('users');
  const extra = Array.from({ length: 1_120 }, (_, index) => String(900_000 + index));
  for (const id of extra) account.put('users', { ...user!, id: Number(id), email: `${id}@example.com` });
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  for (const id of extra) account.remove('users', id);
  const run = await extract(root, projectId);
  expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const { staged, source } = run.listings.find(({ listing }) => listing === 'users')!;
  expect(staged).toBe(source);
});
