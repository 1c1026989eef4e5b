import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import { renamedTags } from '../../domain/mapping/renamed-tags.js';
import { teammatesWith } from '../../domain/model/agent.js';
import { matchAgents } from '../../domain/model/agent-matches.js';
import { Blocked } from '../../domain/model/blocked.js';
import type { Blocker } from '../../domain/model/blocker.js';
import { crosswalkEntry, type NewCrosswalkEntry } from '../../domain/model/crosswalk.js';
import { foldedName } from '../../domain/model/folded-name.js';
import { gateFactsOf, loadBlockers, sideOf } from '../../domain/model/gates.js';
import { recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf, taggedListings } from '../../domain/model/record-types.js';
import type { Run } from '../../domain/model/run.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import { foldedTag, tagName } from '../../domain/text/tag-name.js';
import { agentsOf, matchingFacts, saveAgentMatches } from '../../store/agents.js';
import { connectionOf } from '../../store/connections.js';
import { storedGateFacts } from '../../store/gate-facts.js';
import type { LoadScope } from '../../store/load-scope.js';
import { provisionedObjects, saveProvisioned } from '../../store/provisioned-objects.js';
import type { RunWork } from '../../store/run-work.js';
import { saveCrosswalk } from '../../store/save-crosswalk.js';
import { stagedRecords, tagCounts } from '../../store/staged-records.js';
import { saveMembers } from '../../store/workspace-members.js';
import type { WorkspaceRefs } from './engine/loading.js';

/** Attempts of each call before the workspace counts as unusable. */
const probeAttempts = 6;
const entriesPerBatch = 500;

interface Preparation {
  work: RunWork;
  run: Run;
  scope: LoadScope;
  destination: Destination;
  fields: readonly FieldMapping[];
  /** Part of every key of ours. */
  account: string;
}

/**
 * Reads the members and tags of the workspace, and saves what agents, teams and tags became.
 * @throws Blocked if a gate is not met any more; CallFailure of a call that was refused
 */
export async function workspaceRefs(context: Preparation): Promise<WorkspaceRefs> {
  const { work, scope, destination, run } = context;
  const { teammates, teams, addresses, ok, detail, failure } = await destination.probe(probeAttempts);
  // A token that was revoked, or a missing permission, is named as such.
  if (failure) throw failure;
  if (!ok)
    throw new Blocked({
      code: 'DESTINATION_CONNECTION_FAILED',
      message: detail ?? 'Set the connection again, then resume the run.',
    });
  await work.fencedTransaction(tx => saveMembers(tx, scope, { teammates, teams, addresses }));
  const matches = await work.transaction(async tx => matchAgents(await matchingFacts(tx, scope.projectId)));
  await work.fencedTransaction(tx => saveAgentMatches(tx, scope, matches));
  const readsOnly = run.kind === 'VERIFICATION';
  const blockers = readsOnly
    ? []
    : await work.transaction(async tx =>
        loadBlockers(
          gateFactsOf(await storedGateFacts(tx, run.projectId, scope.environment), scope.environment),
          scope.environment,
        ),
      );
  if (blockers[0]) throw new Blocked({ ...blockers[0], message: stepsFor(blockers[0]) });
  const options = (await work.transaction(tx => connectionOf(tx, run.projectId, sideOf(scope.environment))))!.options;
  const placeholder = teammatesWith(
    options.placeholderTeammateEmail as string,
    teammates.map(each => ({ ...each, environment: scope.environment })),
  )[0]?.teammateId;
  if (!placeholder)
    throw new Blocked({ code: 'PLACEHOLDER_MISSING', message: 'Name an existing teammate, then resume the run.' });
  const agents = new Map<string, string>();
  const matched = new Set<string>();
  for (const { sourceId, status, teammates: known } of await work.transaction(tx => agentsOf(tx, run.projectId))) {
    const own = known.find(each => each.environment === scope.environment)?.teammateId;
    agents.set(sourceId, status === 'MATCHED' && own ? own : placeholder);
    if (status === 'MATCHED' && own) matched.add(sourceId);
  }
  const teamIds = new Map(teams.map(team => [foldedName(team.name), team.id]));
  const tagIds = new Map((await destination.tags()).map(tag => [foldedTag(tag.name), tag.id]));
  await work.fencedTransaction(tx =>
    saveCrosswalk(
      tx,
      scope,
      [...agents].map(([sourceId, id]) => entry('AGENT', sourceId, 'TEAMMATE', id)),
    ),
  );
  await noteTeamsAndTags(context, teamIds, tagIds);
  return {
    teammateOf: id => agents.get(id) ?? placeholder,
    hasTeammate: id => matched.has(id),
    placeholderTeammate: placeholder,
    placeholderContact: await placeholderContact(context),
    teamId: name => teamIds.get(foldedName(name)) ?? null,
    tagId: name => {
      const id = tagIds.get(foldedTag(name));
      // A person deleted it: the read-back reports that.
      if (!id && readsOnly) return `deleted: ${name}`;
      if (!id)
        throw new Blocked({
          code: 'NOT_PROVISIONED',
          message: stepsFor({
            code: 'NOT_PROVISIONED',
            message: `The tag “${name}” no longer exists. Start a PROVISIONING run for ${scope.environment}.`,
          }),
        });
      return id;
    },
  };
}

/** A blocked run keeps its workspace and its mapping. If another run or mapping is needed, it must be cancelled first. */
const stepsFor = ({ code, message }: Blocker) =>
  code === 'NOT_PROVISIONED' || code === 'MAPPING_NOT_CONFIRMED'
    ? `Cancel this run: nothing is lost. ${message} Then start a run of this kind again.`
    : `${message} Then resume the run.`;

const entry = (
  sourceType: NewCrosswalkEntry['sourceType'],
  sourceId: string,
  destinationType: NewCrosswalkEntry['destinationType'],
  destinationId: string,
) => crosswalkEntry([sourceType, sourceId], [destinationType, destinationId], { origin: 'ADOPTED' });

async function noteTeamsAndTags(
  { work, scope, fields }: Preparation,
  teamIds: ReadonlyMap<string, string>,
  tagIds: ReadonlyMap<string, string>,
): Promise<void> {
  const values = fields.find(({ recordType, sourcePath }) => recordType === 'TAG' && sourcePath === 'name')?.values ?? [];
  // Read before the row of the run is locked: counting tags reads every record.
  const entries = await work.transaction(async tx => {
    const entries: NewCrosswalkEntry[] = [];
    for await (const { sourceId, raw } of stagedRecords(tx, scope.projectId, listingOf('TEAM'))) {
      const id = teamIds.get(foldedName(textOf(recordOf(raw).name)));
      if (id) entries.push(entry('TEAM', sourceId, 'TEAM', id));
    }
    const created = new Set(
      (await provisionedObjects(tx, scope.projectId, scope.environment))
        .filter(each => each.origin === 'CREATED')
        .map(each => each.destinationId),
    );
    const renamed = renamedTags(values);
    for (const { tag } of await tagCounts(tx, scope.projectId, taggedListings)) {
      // As it was staged: an earlier extraction may not have trimmed it.
      const name = renamed.get(tagName(tag));
      const id = name ? tagIds.get(foldedTag(name)) : undefined;
      if (id) entries.push({ ...entry('TAG', tag, 'TAG', id), origin: created.has(id) ? 'CREATED' : 'ADOPTED' });
    }
    return entries;
  });
  for (let from = 0; from < entries.length; from += entriesPerBatch)
    await work.fencedTransaction(tx => saveCrosswalk(tx, scope, entries.slice(from, from + entriesPerBatch)));
}

/** The contact for tickets without a contact and for deleted contacts. It is created once. */
async function placeholderContact({ work, run, scope, destination, account }: Preparation): Promise<string> {
  const known = await work.transaction(tx => provisionedObjects(tx, scope.projectId, scope.environment));
  const found = known.find(({ kind }) => kind === 'PLACEHOLDER_CONTACT');
  if (found) return found.destinationId;
  if (run.kind === 'VERIFICATION') return '';
  const externalId = `infoset:${account}:placeholder`;
  let id: string;
  for (;;) {
    try {
      id = (await destination.createContact({ externalId, name: 'Infoset: unknown contact' })).id;
      break;
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      // With the same key it stays one contact, however often it is sent.
      if (error.details.existing) {
        id = error.details.existing.id;
        if (error.details.existing.archived) await destination.unarchiveContact(id);
        break;
      }
      if (!error.isAmbiguous) throw error;
      work.checkHalt();
    }
  }
  const about = {
    environment: scope.environment,
    kind: 'PLACEHOLDER_CONTACT' as const,
    name: 'placeholder',
    destinationId: id,
    origin: 'CREATED' as const,
    attributeType: null,
  };
  await work.fencedTransaction(tx => saveProvisioned(tx, work.lease, run.workspaceId!, about));
  return id;
}
