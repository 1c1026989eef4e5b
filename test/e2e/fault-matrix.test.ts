import { beforeAll, expect, test } from 'vitest';
import type { FaultOrder } from '../../src/simulators/faults.js';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { ObjectType } from '../../src/simulators/intercom/workspace.js';
import { answerAgents, confirmProposal, connectDestination, workspace } from '../support/destination.js';
import { connectedProject, ended, expectWhole, simulator, smallAccount, stagedOf, startRun } from '../support/extraction.js';
import type { StartRunInput } from '../support/generated/graphql.js';
import { provisionWithDealType, signOffDirectly } from '../support/load.js';
import { type Partner, serverOfThisFile } from '../support/server.js';
import { imageOf, type WorkspaceImage } from '../support/workspace-image.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const file = await serverOfThisFile({
    LEASE_MS: '2000',
    RATE_LIMIT_WAIT_MS: '100',
    REQUEST_TIMEOUT_MS: '800',
    SETTLE_MS: '300',
  });
  root = file.root;
  ownerUrl = file.database.ownerUrl;
});

interface Row {
  fault: FaultOrder;
  /** Codes with which a run may block. Then the fault ends, and the run is resumed. */
  blocks?: readonly string[];
  /** Whether a run may end INCOMPLETE. Then the fault ends, and a run of the same kind follows. */
  refuses?: true;
  searchLagMs?: number;
  /** The row is part of every run of the tests. */
  always?: true;
}

const unauthorized = ['SOURCE_UNAUTHORIZED', 'DESTINATION_UNAUTHORIZED'];
const forbidden = ['SOURCE_UNAVAILABLE', 'DESTINATION_FORBIDDEN'];
const gone = ['SOURCE_UNAVAILABLE', 'DESTINATION_UNAVAILABLE'];

/** What each row does to 5 % of all calls to both sides. */
const rows: Record<string, Row> = {
  'reset before the effect': { fault: { kind: 'RESET_BEFORE' } },
  'reset after the effect': { fault: { kind: 'RESET_AFTER' }, always: true },
  'hang after the effect': { fault: { kind: 'HANG' } },
  'an effect that lands after the client gave up': { fault: { kind: 'LATE', delayMs: 150 }, always: true },
  '500 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 500 } },
  '502 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 502 } },
  '503 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 503 } },
  '500 after': { fault: { kind: 'SERVER_ERROR', status: 500 } },
  '502 after': { fault: { kind: 'SERVER_ERROR', status: 502 } },
  '503 after': { fault: { kind: 'SERVER_ERROR', status: 503 }, always: true },
  '429 with Retry-After': { fault: { kind: 'RATE_LIMITED', retryAfter: 1 } },
  '429 without headers': { fault: { kind: 'RATE_LIMITED' } },
  'lying headers': { fault: { kind: 'LYING_HEADERS' } },
  'HTML with 200': { fault: { kind: 'HTML' } },
  'truncated JSON': { fault: { kind: 'TRUNCATED' } },
  'an error in the body of a 200': { fault: { kind: 'ERROR_BODY' } },
  'slow bytes': { fault: { kind: 'SLOW' } },
  'a reset, and a search that lags': { fault: { kind: 'RESET_AFTER' }, searchLagMs: 6_000 },
  '401 in the middle': { fault: { kind: 'UNAUTHORIZED' }, blocks: unauthorized, always: true },
  '403 of a plan': { fault: { kind: 'FORBIDDEN' }, blocks: forbidden, refuses: true },
  '404 of a parent': { fault: { kind: 'NOT_FOUND' }, blocks: gone, refuses: true },
  '422 for one record': { fault: { kind: 'REFUSED' }, blocks: [...gone, ...forbidden], refuses: true },
};

/** What arrived: after PRODUCTION, and after a DELTA with edits. */
interface Arrivals {
  loaded: WorkspaceImage;
  updated: WorkspaceImage;
}

interface Sides {
  infoset: InfosetSimulator;
  intercom: IntercomSimulator;
}

const share = 0.05;

function begin({ infoset, intercom }: Sides, { fault }: Row): void {
  infoset.server.faults.add({ ...fault, share, seed: 3 });
  intercom.server.faults.add({ ...fault, share, seed: 5 });
}

function end({ infoset, intercom }: Sides): void {
  infoset.server.faults.clear();
  intercom.server.faults.clear();
}

/** Runs until it has succeeded, as a person does: what blocks it is removed, and what is incomplete is started again. */
async function succeed(sides: Sides, row: Row | null, input: StartRunInput): Promise<void> {
  if (row) begin(sides, row);
  const seen: string[] = [];
  const { run: started, userErrors } = await startRun(root, input);
  expect(userErrors).toEqual([]);
  let run = await ended(root, started.id, 300_000);
  while (run.state !== 'SUCCEEDED') {
    const [blocker] = run.blockedBy;
    seen.push(`${input.kind} ${run.state} ${blocker?.code ?? ''}`);
    end(sides);
    expect(seen.length, seen.join(', ')).toBeLessThan(4);
    if (run.state === 'BLOCKED') {
      expect(row?.blocks ?? [], seen.join(', ')).toContain(blocker?.code);
      expect((await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }')).userErrors).toEqual([]);
      run = await ended(root, run.id, 300_000);
    } else {
      expect([run.state, row?.refuses], seen.join(', ')).toEqual(['INCOMPLETE', true]);
      const again = await startRun(root, input);
      expect(again.userErrors).toEqual([]);
      run = await ended(root, again.run.id, 300_000);
    }
  }
  end(sides);
}

/** Moves the account with this fault, or without one. */
async function move(row: Row | null, objectTypes: ObjectType[] | null): Promise<Arrivals & Sides> {
  const infoset = await simulator(smallAccount(6, 3));
  const intercom = await workspace({ searchLagMs: row?.searchLagMs ?? 0 });
  const sides = { infoset, intercom };
  const projectId = await connectedProject(root, infoset);
  await succeed(sides, row, { projectId, kind: 'EXTRACTION' });
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  if (objectTypes) {
    intercom.workspace.objectTypes = objectTypes;
    await succeed(sides, row, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
  } else expect((await provisionWithDealType(root, projectId, intercom)).state).toBe('SUCCEEDED');
  await signOffDirectly(projectId);
  await succeed(sides, row, { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
  const loaded = imageOf(intercom);
  const { account } = infoset;
  const updatedDate = '2026-11-24T23:00:00Z';
  const [first, second] = account.all('tickets');
  account.put('ticketlogs', {
    ...account.logs(String(first!.id)).at(-1)!,
    id: 990_001,
    content: 'Bir de bu',
    attachments: [],
    createdDate: updatedDate,
  });
  account.put('tickets', { ...first!, updatedDate, logCount: account.logs(String(first!.id)).length });
  account.put('tickets', { ...second!, updatedDate, subject: 'Yeni konu' });
  account.put('contacts', { ...account.all('contacts')[0]!, updatedDate, fullName: 'Yeni Ad' });
  await succeed(sides, row, { projectId, kind: 'DELTA', environment: 'PRODUCTION' });
  expectWhole(await stagedOf(ownerUrl, projectId), account);
  return { loaded, updated: imageOf(intercom), ...sides };
}

let faultless: (Arrivals & { objectTypes: ObjectType[] }) | null = null;
async function withoutFaults() {
  if (!faultless) {
    const { loaded, updated, intercom } = await move(null, null);
    faultless = { loaded, updated, objectTypes: intercom.workspace.objectTypes };
  }
  return faultless;
}

const isWhole = process.env.LANDFALL_FAULTS === 'all';
const chosen = Object.entries(rows).filter(([, { always }]) => isWhole || always);

test('the image of a workspace shows what arrived', async () => {
  const { loaded, updated } = await withoutFaults();
  for (const name of ['companies', 'contacts', 'conversations', 'articles', 'objects', 'tags', 'attributes'])
    expect(loaded[name]!.length, name).toBeGreaterThan(1);
  expect(updated.conversations).not.toEqual(loaded.conversations);
  expect(updated.contacts).not.toEqual(loaded.contacts);
  expect(JSON.stringify(loaded)).not.toMatch(/(?<![\w.])4\d{5}(?![\w.])/);
});

test.each(chosen)('%s at 5 %% of all calls of both sides: the same arrives', async (name, row) => {
  const { loaded, updated, objectTypes } = await withoutFaults();
  const begun = Date.now();
  const found = await move(row, objectTypes);
  expect(found.loaded).toEqual(loaded);
  expect(found.updated).toEqual(updated);
  const [atSource, atDestination] = [found.infoset, found.intercom].map(each => each.server.faults.done[row.fault.kind] ?? 0);
  expect(Math.min(atSource!, atDestination!)).toBeGreaterThan(0);
  if (isWhole) console.info(`| ${name} | ${atSource} | ${atDestination} | ${Math.round((Date.now() - begun) / 1000)} s |`);
});
