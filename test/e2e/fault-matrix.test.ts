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
  /** Codes with which a run may block, without their side. Then the fault ends, and the run is resumed. */
  blocks?: readonly string[];
  /** Whether a run may end INCOMPLETE. Then the fault ends, and a run of the same kind follows. */
  refuses?: true;
  searchLagMs?: number;
  /** The row is part of every run of the tests. */
  always?: true;
}

/** What each row does to 5 % of all calls to both sides. */
const rows: Record<string, Row> = {
  'reset before the effect': { fault: { kind: 'RESET_BEFORE' } },
  'reset after the effect': { fault: { kind: 'RESET_AFTER' } },
  'hang after the effect': { fault: { kind: 'HANG' } },
  'an effect that lands after the client gave up': { fault: { kind: 'LATE', delayMs: 150 }, always: true },
  '500 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 500 } },
  '502 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 502 } },
  '503 before': { fault: { kind: 'SERVER_ERROR_BEFORE', status: 503 } },
  '500 after': { fault: { kind: 'SERVER_ERROR', status: 500 } },
  '502 after': { fault: { kind: 'SERVER_ERROR', status: 502 } },
  '503 after': { fault: { kind: 'SERVER_ERROR', status: 503 } },
  '429 with Retry-After': { fault: { kind: 'RATE_LIMITED', retryAfter: 1 } },
  '429 without headers': { fault: { kind: 'RATE_LIMITED' } },
  'lying headers': { fault: { kind: 'LYING_HEADERS' } },
  'HTML with 200': { fault: { kind: 'HTML' } },
  'truncated JSON': { fault: { kind: 'TRUNCATED' } },
  'an error in the body of a 200': { fault: { kind: 'ERROR_BODY' } },
  'slow bytes': { fault: { kind: 'SLOW' } },
  'a reset, and a search that lags': { fault: { kind: 'RESET_AFTER' }, searchLagMs: 6_000 },
  '401 in the middle': { fault: { kind: 'UNAUTHORIZED' }, blocks: ['UNAUTHORIZED'], always: true },
  '403 of a plan': { fault: { kind: 'FORBIDDEN' }, blocks: ['FORBIDDEN', 'UNAVAILABLE'], refuses: true },
  '404 of a parent': { fault: { kind: 'NOT_FOUND' }, blocks: ['UNAVAILABLE'], refuses: true },
  '422 for one record': { fault: { kind: 'REFUSED' }, blocks: ['UNAVAILABLE'], refuses: true },
};

/** What arrived: after PRODUCTION, and after two DELTAs with edits. */
interface Arrivals {
  loaded: WorkspaceImage;
  updated: WorkspaceImage;
}

interface Sides {
  SOURCE: InfosetSimulator;
  DESTINATION: IntercomSimulator;
}
type Side = keyof Sides;

const seeds = { SOURCE: 3, DESTINATION: 5 };

/** Runs until it has succeeded, as a person does: what blocks it is removed, and what is incomplete is started again. */
async function succeed(sides: Sides, row: Row | null, at: readonly Side[], input: StartRunInput, share = 0.05): Promise<void> {
  const end = () => {
    for (const { server } of Object.values(sides)) server.faults.clear();
  };
  if (row) for (const side of at) sides[side].server.faults.add({ ...row.fault, share, seed: seeds[side] });
  const seen: string[] = [];
  const { run: started, userErrors } = await startRun(root, input);
  expect(userErrors).toEqual([]);
  let run = await ended(root, started.id, 300_000);
  while (run.state !== 'SUCCEEDED' || run.listings.some(each => each.unavailableReason)) {
    const [blocker] = run.blockedBy;
    seen.push(`${input.kind} ${run.state} ${blocker?.code ?? ''} ${blocker?.message ?? ''}`);
    end();
    expect(seen.length, seen.join(', ')).toBeLessThan(4);
    if (run.state === 'BLOCKED') {
      const codes = at.flatMap(side => (row?.blocks ?? []).map(why => `${side}_${why}`));
      expect(codes, seen.join(', ')).toContain(blocker?.code);
      expect((await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }')).userErrors).toEqual([]);
      run = await ended(root, run.id, 300_000);
    } else {
      expect(row?.refuses, seen.join(', ')).toBe(true);
      expect(['INCOMPLETE', 'SUCCEEDED']).toContain(run.state);
      const again = await startRun(root, input);
      expect(again.userErrors).toEqual([]);
      run = await ended(root, again.run.id, 300_000);
    }
  }
  end();
}

/** Moves the account with this fault, or without one. */
async function move(row: Row | null, objectTypes: ObjectType[] | null): Promise<Arrivals & Sides> {
  const infoset = await simulator(smallAccount(6, 3));
  const intercom = await workspace({ searchLagMs: row?.searchLagMs ?? 0 });
  const sides = { SOURCE: infoset, DESTINATION: intercom };
  const projectId = await connectedProject(root, infoset);
  await succeed(sides, row, ['SOURCE'], { projectId, kind: 'EXTRACTION' });
  // A detail that was refused is read by the next extraction.
  if (row?.refuses) await succeed(sides, null, [], { projectId, kind: 'EXTRACTION' });
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  if (objectTypes) {
    intercom.workspace.objectTypes = objectTypes;
    await succeed(sides, row, ['DESTINATION'], { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
  } else expect((await provisionWithDealType(root, projectId, intercom)).state).toBe('SUCCEEDED');
  await signOffDirectly(projectId);
  await succeed(sides, row, ['DESTINATION'], { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
  const loaded = imageOf(intercom);
  const delta = { projectId, kind: 'DELTA', environment: 'PRODUCTION' } as const;
  // A run that blocks must name the side that refuses: one side in each DELTA.
  const [first, second]: [Side[], Side[]] = row?.blocks
    ? [['SOURCE'], ['DESTINATION']]
    : [
        ['SOURCE', 'DESTINATION'],
        ['SOURCE', 'DESTINATION'],
      ];
  const share = row?.blocks ? 0.3 : 0.05;
  addMessage(infoset, 0, 990_001);
  await succeed(sides, row, first, delta, share);
  addMessage(infoset, 1, 990_002);
  const person = infoset.account.all('contacts')[0]!;
  infoset.account.put('contacts', { ...person, updatedDate: '2026-11-24T23:30:00Z', fullName: 'Yeni Ad' });
  await succeed(sides, row, second, delta, share);
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  return { loaded, updated: imageOf(intercom), ...sides };
}

function addMessage({ account }: InfosetSimulator, index: number, id: number): void {
  const ticket = account.all('tickets')[index]!;
  const createdDate = `2026-11-24T23:0${index}:00Z`;
  const earlier = account.logs(String(ticket.id));
  account.put('ticketlogs', { ...earlier.at(-1)!, id, type: 'chat', content: 'Bir de bu', attachments: [], createdDate });
  account.put('tickets', { ...ticket, updatedDate: createdDate, logCount: earlier.length + 1 });
}

let faultless: (Arrivals & { objectTypes: ObjectType[] }) | null = null;
async function withoutFaults() {
  if (!faultless) {
    const { loaded, updated, DESTINATION } = await move(null, null);
    faultless = { loaded, updated, objectTypes: DESTINATION.workspace.objectTypes };
  }
  return faultless;
}

const isWhole = process.env.LANDFALL_FAULTS === 'all';
const chosen = Object.entries(rows)
  .filter(([, { always }]) => isWhole || always)
  .map(([name, row]) => ({ name, row }));

test('the image of a workspace shows what arrived', async () => {
  const { loaded, updated } = await withoutFaults();
  for (const name of ['companies', 'contacts', 'conversations', 'articles', 'objects', 'tags', 'attributes'])
    expect(loaded[name]!.length, name).toBeGreaterThan(1);
  expect(updated.conversations).not.toEqual(loaded.conversations);
  expect(updated.contacts).not.toEqual(loaded.contacts);
  expect(JSON.stringify(loaded)).not.toMatch(/(?<![\w.])4\d{5}(?![\w.])/);
});

test.each(chosen)('$name at 5 % of all calls of both sides: the same arrives', async ({ name, row }) => {
  const { loaded, updated, objectTypes } = await withoutFaults();
  const begun = Date.now();
  const found = await move(row, objectTypes);
  expect(found.loaded).toEqual(loaded);
  expect(found.updated).toEqual(updated);
  const [atSource, atDestination] = [found.SOURCE, found.DESTINATION].map(each => each.server.faults.done[row.fault.kind] ?? 0);
  expect(Math.min(atSource!, atDestination!)).toBeGreaterThan(0);
  if (isWhole) console.info(`| ${name} | ${atSource} | ${atDestination} | ${Math.round((Date.now() - begun) / 1000)} s |`);
});
