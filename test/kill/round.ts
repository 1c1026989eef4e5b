import { expect } from 'vitest';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Json } from '../../src/simulators/intercom/workspace.js';
import { log, ticket } from '../support/account.js';
import { canonical } from '../support/canonical.js';
import { edit } from '../support/delta.js';
import { answerAgents, confirmProposal, connectDestination } from '../support/destination.js';
import { connectedProject, expectWhole, issuesOf, stagedOf, startRun } from '../support/extraction.js';
import type { StartRunInput } from '../support/generated/graphql.js';
import { expectExactlyOnce, provisionWithDealType, reconciliation, startProduction } from '../support/load.js';
import { planOf, seen, startRollback } from '../support/rollback.js';
import { Partner } from '../support/server.js';
import { accountOfKills, recordedCalls } from './account.js';
import type { Choose, KilledRuns } from './killed-runs.js';

export const stages = ['extract', 'load', 'verify', 'attach', 'delta', 'plan of a rollback', 'rollback'] as const;
type Stage = (typeof stages)[number];

export interface Round {
  root: Partner;
  ownerUrl: string;
  runs: KilledRuns;
  choose: Choose;
}

/** What two rounds must have in common, and how many records of each type there were. */
export interface Compared {
  loaded: Json;
  attached: Json;
  changed: Json;
  issues: string[];
  sizes: Record<string, number>;
}

/** A project of its own from the extraction to the rollback. @throws Error at the first thing that is lost, twice, out of order or left over */
export async function killRound(round: Round): Promise<Compared> {
  await using platforms = await openPlatforms();
  const { infoset, intercom } = platforms;
  const { root, ownerUrl, runs, choose } = round;
  const before = seen(intercom);
  const projectId = await connectedProject(root, infoset);
  const run = async (stage: Stage, begin: () => Promise<string>) =>
    expect({ stage, state: await runs.run(stage, choose, begin) }).toEqual({ stage, state: 'SUCCEEDED' });
  const started = (input: Partial<StartRunInput> & Pick<StartRunInput, 'kind'>) => async () => {
    const answer = await startRun(root, { projectId, ...input });
    expect(answer.userErrors).toEqual([]);
    return answer.run.id;
  };
  const environment = 'PRODUCTION';

  await run('extract', started({ kind: 'EXTRACTION' }));
  expectWhole(await stagedOf(ownerUrl, projectId), infoset.account);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await provisionWithDealType(root, projectId, intercom)).state).toBe('SUCCEEDED');

  await run('load', () => startProduction(root, projectId));
  await expectBalance(root, projectId);
  expectExactlyOnce(intercom, infoset);
  const loaded = canonical(intercom);

  await run('verify', started({ kind: 'VERIFICATION', environment }));
  await expectBalance(root, projectId);
  expect(canonical(intercom)).toEqual(loaded);

  await attachAll(round, projectId, intercom);
  const attached = canonical(intercom);

  change(infoset);
  await run('delta', started({ kind: 'DELTA', environment }));
  await expectBalance(root, projectId);
  const changed = canonical(intercom);
  const issues = (await issuesOf(root, projectId)).map(each => [each.code, each.recordType, each.sourceId].join(' ')).sort();

  let planId = '';
  await run('plan of a rollback', async () => {
    planId = (await startRollback(root, projectId, { dryRun: true })).run.id;
    return planId;
  });
  const { planHash } = await planOf(root, planId);
  await run('rollback', async () => (await startRollback(root, projectId, { planHash })).run.id);
  expect(seen(intercom)).toEqual(before);
  // What was attached is gone with its conversation.
  expect((await recordingsOf(root, projectId)).map(({ status }) => status)).toEqual(recordedCalls.map(() => 'PENDING'));
  return { loaded, attached, changed, issues, sizes: sizesOf(infoset) };
}

async function openPlatforms() {
  const infoset = await startInfosetSimulator(accountOfKills, { latencyMs: 1 });
  const intercom = await startIntercomSimulator({ limits: null, latencyMs: 2, searchLagMs: 50 });
  return {
    infoset,
    intercom,
    [Symbol.asyncDispose]: async () => {
      await infoset.close();
      await intercom.close();
    },
  };
}

async function expectBalance(root: Partner, projectId: string): Promise<void> {
  const { differences, balanced, rows } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(rows.filter(each => !each.balanced)).toEqual([]);
  expect(balanced).toBe(true);
}

async function recordingsOf(root: Partner, projectId: string) {
  const query =
    'query ($projectId: ID!) { callRecordings(projectId: $projectId) { edges { node { id sourceCallId conversationId status } } } }';
  const { data } = await root.ask(query, { projectId });
  const edges: { node: { id: string; sourceCallId: string; conversationId: string; status: string } }[] =
    data.callRecordings.edges;
  return edges.map(({ node }) => node);
}

/** Asks for each upload with one idempotencyKey, until it is answered. */
async function attachAll({ root, runs, choose }: Round, projectId: string, intercom: IntercomSimulator): Promise<void> {
  const found = await recordingsOf(root, projectId);
  expect(found.map(each => each.sourceCallId).sort()).toEqual(recordedCalls.map(String));
  const attach = (callRecordingId: string) => async (url: string) => {
    const input = { callRecordingId, idempotencyKey: `attach ${callRecordingId}` };
    const answer = await new Partner(url, root.key).mutate(
      'attachCallRecording',
      'CallRecordingActionInput',
      input,
      'callRecording { status }',
    );
    expect(answer).toMatchObject({ userErrors: [], callRecording: { status: 'ATTACHED' } });
  };
  await runs.calls(
    'attach',
    choose,
    found.map(({ id }) => attach(id)),
  );
  for (const { sourceCallId, conversationId } of found) {
    const { parts } = intercom.workspace.conversations.get(conversationId)!;
    const notes = parts.filter(part => part.body?.includes(`Infoset call ${sourceCallId}`) && part.attachments.length > 0);
    expect({ sourceCallId, notes: notes.length }).toEqual({ sourceCallId, notes: 1 });
  }
}

/** What people do at the source between the load and the delta. */
function change(infoset: InfosetSimulator): void {
  const { account } = infoset;
  const at = '2026-11-24T12:00:00Z';
  edit(infoset, 'contacts', account.get('contacts', '1001')!, { fullName: 'Yeni Kişi' });
  edit(infoset, 'companies', account.get('companies', '501')!, { name: 'Yeni ad' });
  edit(infoset, 'deals', account.get('deals', '77')!, { name: 'Yeni fırsat' });
  edit(infoset, 'articles', account.get('articles', '498')!, { title: 'Yeni başlık' });
  account.put('ticketlogs', log(3090, 3, { content: 'Yeni ileti', createdDate: at }));
  edit(infoset, 'tickets', account.get('tickets', '3')!, { logCount: 5 });
  // Between its other messages: its conversation is built again.
  account.put('ticketlogs', log(1015, 1, { content: 'Geç kalan' }));
  edit(infoset, 'tickets', account.get('tickets', '1')!, { logCount: 4 });
  account.put('tickets', ticket(9, { logCount: 1, createdDate: at, updatedDate: at }));
  account.put('ticketlogs', log(9010, 9, { content: 'İlk ileti', createdDate: at }));
}

const sizesOf = ({ account }: InfosetSimulator): Record<string, number> =>
  Object.fromEntries(
    (['companies', 'contacts', 'deals', 'tickets', 'ticketlogs', 'calls', 'articlecategories', 'articles'] as const).map(
      table => [table, account.all(table).length],
    ),
  );
