import { teammatesWith } from '../../../domain/model/agent.js';
import type { DestinationType } from '../../../domain/model/crosswalk.js';
import { foldedName } from '../../../domain/model/folded-name.js';
import { sideOf } from '../../../domain/model/gates.js';
import type { ProvisionedObject } from '../../../domain/model/provisioned-object.js';
import type { RecordType } from '../../../domain/model/record-type.js';
import type { PlannedObject } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { foldedTag } from '../../../domain/text/tag-name.js';
import { agentsOf } from '../../../store/agents.js';
import { connectionOf } from '../../../store/connections.js';
import { destinationsOf } from '../../../store/crosswalk.js';
import { idsOfLoaded, type LoadedObject, loadedObjects, type SentRecord, sentRecords } from '../../../store/loaded-objects.js';
import { provisionedObjects } from '../../../store/provisioned-objects.js';
import { saveObjects } from '../../../store/rollback-objects.js';
import { teammatesOf, workspaceTeams } from '../../../store/workspace-members.js';
import { forEachConcurrently, type RollbackWork } from '../rollback-work.js';

const batchSize = 100;

/** What drafts refer to, in the ids of the workspace. */
export interface PlanRefs {
  teammateOf(agentId: string): string | null;
  teamId(name: string): string | null;
  tagId(name: string): string | null;
  placeholderTeammate: string | null;
  placeholderContact: string | null;
}

/** The context of planning, and what was found so far. */
export interface Planning extends RollbackWork {
  refs: PlanRefs;
  provisioned: readonly ProvisionedObject[];
  tags: readonly { id: string; name: string }[];
  /** Deals that Landfall loaded. */
  deals: ReadonlySet<string>;
  kept: { contacts: Set<string>; companies: Map<string, Reason>; tags: Set<string>; attributes: Set<string> };
  /** How many contacts that Landfall loaded belong to each company. */
  members: Map<string, number>;
  /** Ids of tags that are removed from adopted objects. */
  takenOff: Set<string>;
}

export async function planningOf(context: RollbackWork): Promise<Planning> {
  const { work, scope, destination } = context;
  const { projectId, environment } = scope;
  const found = await work.transaction(async tx => {
    const agents = (await agentsOf(tx, projectId)).map(({ sourceId }) => sourceId);
    return {
      agents: await destinationsOf(tx, scope, 'AGENT', 'TEAMMATE', agents),
      teams: (await workspaceTeams(tx, projectId)).filter(team => team.environment === environment),
      teammates: (await teammatesOf(tx, projectId)).filter(each => each.environment === environment),
      connection: await connectionOf(tx, projectId, sideOf(environment)),
      provisioned: await provisionedObjects(tx, projectId, environment),
      deals: await idsOfLoaded(tx, scope, 'CUSTOM_OBJECT'),
    };
  });
  const tags = await destination.tags();
  const tagIds = new Map(tags.map(tag => [foldedTag(tag.name), tag.id]));
  const teamIds = new Map(found.teams.map(team => [foldedName(team.name), team.id]));
  const email = found.connection?.options.placeholderTeammateEmail;
  const placeholder = typeof email === 'string' ? (teammatesWith(email, found.teammates)[0]?.teammateId ?? null) : null;
  return {
    ...context,
    refs: {
      teammateOf: id => found.agents.get(id) ?? placeholder,
      teamId: name => teamIds.get(foldedName(name)) ?? null,
      tagId: name => tagIds.get(foldedTag(name)) ?? null,
      placeholderTeammate: placeholder,
      placeholderContact: found.provisioned.find(({ kind }) => kind === 'PLACEHOLDER_CONTACT')?.destinationId ?? null,
    },
    provisioned: found.provisioned,
    tags,
    deals: found.deals,
    kept: { contacts: new Set(), companies: new Map(), tags: new Set(), attributes: new Set() },
    members: new Map(),
    takenOff: new Set(),
  };
}

/** An object of the workspace with what was sent of its records. */
export interface Candidate extends LoadedObject {
  /** Of the record with the draft; null if there is none. */
  sent: SentRecord | null;
}

/** Plans each object of a type, several at the same time. @param prepare reads what a batch of them needs */
export async function planEach<Needed>(
  context: Planning,
  type: DestinationType,
  recordType: RecordType,
  prepare: (batch: readonly Candidate[]) => Promise<Needed>,
  plan: (candidate: Candidate, needed: Needed) => Promise<PlannedObject>,
): Promise<void> {
  const { work, scope } = context;
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => loadedObjects(tx, scope, type, [recordType], after, batchSize));
    if (batch.length === 0) return;
    const ids = batch.flatMap(({ sourceIds }) => sourceIds);
    const sent = await work.transaction(tx => sentRecords(tx, scope, recordType, ids));
    const candidates = batch.map(each => ({
      ...each,
      sent: each.sourceIds.map(id => sent.get(id)).find(record => record !== undefined) ?? null,
    }));
    const needed = await prepare(candidates);
    await save(context, await forEachConcurrently(context, candidates, candidate => plan(candidate, needed)));
    after = batch.at(-1)!.destinationId;
  }
}

export async function save({ work }: Planning, objects: readonly PlannedObject[]): Promise<void> {
  const { runId, organizationId } = work.lease;
  await work.fencedTransaction(tx => saveObjects(tx, { runId, organizationId }, objects));
}

/** Why an object must be kept in any case: changes of people cannot be recognized. */
export const uncheckable = (sent: SentRecord | null): Reason | null =>
  sent === null ? 'NO_RECORD' : sent.isOutdated ? 'OUTDATED' : null;

/** A row of the plan. */
export const rowOf = (
  candidate: Pick<PlannedObject, 'destinationId' | 'sourceType' | 'sourceIds'>,
  about: Pick<PlannedObject, 'destinationType' | 'place' | 'action' | 'reason'> & Partial<PlannedObject>,
): PlannedObject => ({
  destinationId: candidate.destinationId,
  sourceType: candidate.sourceType,
  sourceIds: candidate.sourceIds,
  label: '',
  digest: null,
  change: {},
  note: null,
  ...about,
});
