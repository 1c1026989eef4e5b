import { beforeAll, expect, test, vi } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Json } from '../../src/simulators/intercom/workspace.js';
import { workspace } from '../support/destination.js';
import { documents, textOf } from '../support/documents.js';
import { issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, produce, readyProject, reconciliation } from '../support/load.js';
import { carryOut, codesOf, makePlan, type PlanView, startRollback } from '../support/rollback.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, LOG_LEVEL: 'error' }));
});

/** What people see of a workspace: without what is archived, and without times and numbers of its own. */
function seen({ workspace: w }: IntercomSimulator): Json {
  const state = JSON.parse(JSON.stringify(w)) as Json;
  const visible = (all: Json[]) => all.filter(each => !each.archived).map(({ updated_at: _, ...rest }) => rest);
  return {
    tags: state.tags,
    attributes: state.attributes.filter((each: Json) => !each.archived && each.model !== 'conversation'),
    companies: visible(state.companies),
    contacts: visible(state.contacts),
    conversations: visible(state.conversations),
    objects: Object.values(state.objectInstances as Json)
      .flat()
      .map(({ updated_at: _, ...rest }: Json) => rest),
    collections: state.collections,
    articles: state.articles,
    internalArticles: state.internalArticles,
    redirects: state.redirects,
  };
}

const rowsOf = ({ plan }: PlanView, action: string) => plan!.filter(row => row.action === action).map(row => row.destinationType);

test('a plan writes nothing, the rollback leaves the workspace as it was, and a load after it arrives whole', async () => {
  const infoset = await simulator(smallAccount(14));
  const intercom = await workspace();
  const before = seen(intercom);
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const writes = intercom.writes();
  const plan = await makePlan(root, projectId);
  expect(plan).toMatchObject({ state: 'SUCCEEDED', planHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(intercom.writes()).toBe(writes);
  expect(rowsOf(plan, 'KEEP')).toEqual(['ATTRIBUTE']);
  expect(new Set(rowsOf(plan, 'DELETE'))).toEqual(
    new Set(['CONVERSATION', 'CUSTOM_OBJECT', 'ARTICLE', 'COLLECTION', 'COMPANY', 'TAG']),
  );
  expect(new Set(rowsOf(plan, 'ARCHIVE'))).toEqual(new Set(['CONTACT', 'ATTRIBUTE']));
  expect((await makePlan(root, projectId)).planHash).toBe(plan.planHash);

  const run = await carryOut(root, projectId, plan.planHash!);
  expect(run.blockedBy).toEqual([]);
  expect((await issuesOf(root, projectId)).filter(each => each.code.startsWith('ROLLBACK'))).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
  expect(intercom.workspace.deletedConversations.every(each => !each.metrics_retained)).toBe(true);
  const { balanced, rows } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect(rows.find(row => row.recordType === 'TICKET')).toMatchObject({ loaded: 0, verified: 0 });
  expect((await documents(root, projectId)).filter(each => each.kind === 'ROLLBACK_REPORT').map(each => each.name)).toContain(
    'rollback/production/report.html',
  );
  expect(await textOf(root, projectId, 'rollback/production/report.html')).toContain('conversations stay');

  expect(codesOf(await startRollback(root, projectId, { planHash: plan.planHash }))).toEqual(['PLAN_STALE']);
  const again = await produce(root, projectId);
  expect(again.state).toBe('SUCCEEDED');
  await expectBalanced(root, projectId, again.state);
  expectExactlyOnce(intercom, infoset);
  const second = await makePlan(root, projectId);
  expect(rowsOf(second, 'ARCHIVE')).toContain('ATTRIBUTE');
  expect((await carryOut(root, projectId, second.planHash!)).state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
});
