import type { NewCrosswalkEntry } from '../domain/model/crosswalk.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { keptJson } from '../domain/text/kept-text.js';
import type { Verification } from '../domain/verify/verification.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Which workspace of which project rows are about. */
export interface LoadScope extends Pick<RunLease, 'projectId' | 'organizationId'> {
  environment: Environment;
}

export interface RecordKey {
  recordType: RecordType;
  sourceId: string;
}
export type IntentKey = RecordKey & { step: string };
/** What is about to be sent, and what it changes that is not ours. */
export type Intent = IntentKey & { preImage?: object };

export interface LoadState extends RecordKey {
  state: 'OPEN' | 'DONE' | 'SKIPPED' | 'FAILED';
  destinationId: string | null;
  /** Of the draft that is done; null until it is. */
  digest: string | null;
  code: string | null;
}

const scopeOf = ({ projectId, organizationId, environment }: LoadScope) => [projectId, organizationId, environment];

/** A pre-image of an id is whole, and stays: what is read later may be what we have made of it. */
export async function saveIntents(tx: Tx, scope: LoadScope, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.load_intents AS i (project_id, organization_id, environment, record_type, source_id, step, pre_image)
     SELECT $1, $2, $3, record_type, source_id, step, pre_image::jsonb
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS input (record_type, source_id, step, pre_image)
     ON CONFLICT (project_id, environment, record_type, source_id, step) DO UPDATE SET sent_at = clock_timestamp(),
       pre_image = CASE WHEN i.pre_image ? 'id' THEN i.pre_image ELSE coalesce(excluded.pre_image, i.pre_image) END`,
    [
      ...scopeOf(scope),
      intents.map(each => each.recordType),
      intents.map(each => each.sourceId),
      intents.map(each => each.step),
      intents.map(({ preImage }) => (preImage ? keptJson(preImage) : null)),
    ],
  );
}

/** What an intent without outcome was about to change; null where it is ours, or there is no such intent. */
export async function preImageOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  { recordType, sourceId, step }: IntentKey,
): Promise<Record<string, unknown> | null> {
  const rows = await tx.manager.query<{ preImage: Record<string, unknown> | null }[]>(
    `SELECT pre_image AS "preImage" FROM landfall.load_intents
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = $4 AND step = $5`,
    [projectId, environment, recordType, sourceId, step],
  );
  return rows[0]?.preImage ?? null;
}

export async function settleIntents(tx: Tx, { projectId, environment }: LoadScope, intents: readonly IntentKey[]): Promise<void> {
  if (intents.length === 0) return;
  await tx.manager.query(
    `DELETE FROM landfall.load_intents i USING unnest($3::text[], $4::text[], $5::text[]) AS input (record_type, source_id, step)
     WHERE i.project_id = $1 AND i.environment = $2 AND i.record_type = input.record_type AND i.source_id = input.source_id AND i.step = input.step`,
    [
      projectId,
      environment,
      intents.map(each => each.recordType),
      intents.map(each => each.sourceId),
      intents.map(each => each.step),
    ],
  );
}

/** Intents without outcome, and when the youngest of them was written. */
export async function openIntents(
  tx: Tx,
  { projectId, environment }: LoadScope,
): Promise<{ intents: IntentKey[]; sentAt: Date | null }> {
  const rows = await tx.manager.query<(IntentKey & { sentAt: Date })[]>(
    `SELECT record_type AS "recordType", source_id AS "sourceId", step, sent_at AS "sentAt" FROM landfall.load_intents
     WHERE project_id = $1 AND environment = $2 ORDER BY sent_at DESC`,
    [projectId, environment],
  );
  return { intents: rows, sentAt: rows[0]?.sentAt ?? null };
}

export async function saveLoadStates(tx: Tx, scope: LoadScope, states: readonly LoadState[]): Promise<void> {
  // Of one that changed twice in a batch the later state counts.
  const distinct = [...new Map(states.map(state => [`${state.recordType} ${state.sourceId}`, state])).values()];
  if (distinct.length === 0) return;
  const written = await tx.manager.query<{ recordType: RecordType; destinationId: string | null; unread: boolean }[]>(
    `INSERT INTO landfall.load_states AS s (project_id, organization_id, environment, record_type, source_id, state, destination_id, digest, code)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
     ON CONFLICT (project_id, environment, record_type, source_id) DO UPDATE SET state = excluded.state, destination_id = excluded.destination_id,
       digest = excluded.digest, code = excluded.code
     RETURNING s.record_type AS "recordType", s.destination_id AS "destinationId",
       s.state IN ('OPEN', 'DONE') AND (s.digest IS NULL OR s.read_digest IS DISTINCT FROM s.digest) AS unread`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.recordType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.state),
      distinct.map(each => each.destinationId),
      distinct.map(each => each.digest),
      distinct.map(each => each.code),
    ],
  );
  await unverify(
    tx,
    scope,
    written.filter(({ unread }) => unread),
  );
}

/** What is written anew is not verified until it is read back: itself, and whatever arrived as the same object. */
async function unverify(
  tx: Tx,
  { projectId, environment }: LoadScope,
  records: readonly { recordType: RecordType; destinationId: string | null }[],
): Promise<void> {
  const written = new Map<RecordType, string[]>();
  for (const { recordType, destinationId } of records)
    if (destinationId !== null) written.set(recordType, [...(written.get(recordType) ?? []), destinationId]);
  // By ANY, a type at a time: without statistics a join reads the whole crosswalk.
  for (const [recordType, destinationIds] of written) {
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET verified_at = NULL WHERE project_id = $1 AND environment = $2 AND destination_id = ANY($4)
         AND (source_type = $3 OR $3 = 'ARTICLE' AND source_type = 'ATTACHMENT' AND destination_type = 'ARTICLE') AND verified_at IS NOT NULL`,
      [projectId, environment, recordType, destinationIds],
    );
  }
}

/** Which contact of the workspace refers to each deal now; null: none. */
export async function saveLinks(
  tx: Tx,
  { projectId, environment }: LoadScope,
  deals: readonly { sourceId: string; linkedTo: string | null }[],
): Promise<void> {
  if (deals.length === 0) return;
  await tx.manager.query(
    `UPDATE landfall.load_states s SET linked_to = input.linked_to FROM unnest($3::text[], $4::text[]) AS input (source_id, linked_to)
     WHERE s.project_id = $1 AND s.environment = $2 AND s.record_type = 'DEAL' AND s.source_id = input.source_id`,
    [projectId, environment, deals.map(each => each.sourceId), deals.map(each => each.linkedTo)],
  );
}

export async function saveCrosswalk(tx: Tx, scope: LoadScope, entries: readonly NewCrosswalkEntry[]): Promise<void> {
  const distinct = [
    ...new Map(entries.map(each => [`${each.sourceType} ${each.sourceId} ${each.destinationType}`, each])).values(),
  ];
  if (distinct.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.crosswalk AS c (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image, destination_url)
     SELECT $1, $2, $3, source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image::jsonb, destination_url
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
       AS input (source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image, destination_url)
     ON CONFLICT (project_id, environment, source_type, source_id, destination_type) DO UPDATE SET
       destination_id = excluded.destination_id, conversation_id = excluded.conversation_id, origin = excluded.origin, state = 'ACTIVE',
       pre_image = excluded.pre_image, destination_url = excluded.destination_url, loaded_at = clock_timestamp(), verified_at = NULL
     WHERE c.destination_id <> excluded.destination_id OR c.state <> 'ACTIVE' OR excluded.destination_url <> coalesce(c.destination_url, '')`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.sourceType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.destinationType),
      distinct.map(each => each.destinationId),
      distinct.map(each => each.conversationId),
      distinct.map(each => each.origin),
      distinct.map(each => (each.preImage === null ? null : keptJson(each.preImage))),
      distinct.map(each => each.destinationUrl ?? null),
    ],
  );
}

export interface VerifiedRecord extends RecordKey, Verification {
  destinationId: string | null;
  /** The source ids that are thereby verified, by their type. */
  covers: { recordType: RecordType; sourceIds: readonly string[] }[];
}

export async function saveVerifications(tx: Tx, scope: LoadScope, records: readonly VerifiedRecord[]): Promise<void> {
  const distinct = [...new Map(records.map(each => [`${each.recordType} ${each.sourceId}`, each])).values()];
  if (distinct.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.verifications (project_id, organization_id, environment, record_type, source_id, destination_id, outcomes, differences)
     SELECT $1, $2, $3, record_type, source_id, destination_id, outcomes::jsonb, differences::jsonb
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) AS input (record_type, source_id, destination_id, outcomes, differences)
     ON CONFLICT (project_id, environment, record_type, source_id) DO UPDATE SET destination_id = excluded.destination_id,
       outcomes = excluded.outcomes, differences = excluded.differences, verified_at = clock_timestamp()`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.recordType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.destinationId),
      distinct.map(each => keptJson(each.outcomes)),
      distinct.map(each => keptJson(each.differences)),
    ],
  );
  await markRead(tx, scope, distinct);
  await settleDifferences(tx, scope, distinct);
  const covered = new Map<RecordType, string[]>();
  for (const { recordType, sourceIds } of distinct.flatMap(each => each.covers)) {
    covered.set(recordType, [...(covered.get(recordType) ?? []), ...sourceIds]);
  }
  // By ANY, a type at a time: without statistics a join reads the whole crosswalk.
  for (const [recordType, sourceIds] of covered) {
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET verified_at = clock_timestamp()
       WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND source_id = ANY($4)`,
      [scope.projectId, scope.environment, recordType, sourceIds],
    );
  }
}

/** Verified means: the digest that is done was read back. */
async function markRead(tx: Tx, { projectId, environment }: LoadScope, records: readonly RecordKey[]): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.load_states s SET read_digest = s.digest FROM unnest($3::text[], $4::text[]) AS input (record_type, source_id)
     WHERE s.project_id = $1 AND s.environment = $2 AND s.record_type = input.record_type AND s.source_id = input.source_id AND s.state = 'DONE'`,
    [projectId, environment, records.map(each => each.recordType), records.map(each => each.sourceId)],
  );
}

/** What was told to differ and is found right is resolved; what differs again is open again. A waiver stays. */
async function settleDifferences(
  tx: Tx,
  { projectId, environment }: LoadScope,
  records: readonly VerifiedRecord[],
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.issues i SET status = CASE WHEN input.differs THEN 'OPEN' ELSE 'RESOLVED' END
     FROM unnest($3::text[], $4::text[], $5::bool[]) AS input (record_type, source_id, differs)
     WHERE i.project_id = $1 AND i.code = 'VERIFICATION_DIFFERS' AND i.about = $2 AND i.record_type = input.record_type AND i.source_id = input.source_id
       AND CASE WHEN input.differs THEN i.status = 'RESOLVED' ELSE i.status IN ('OPEN', 'ACKNOWLEDGED') END`,
    [
      projectId,
      environment,
      records.map(each => each.recordType),
      records.map(each => each.sourceId),
      records.map(each => each.differences.length > 0),
    ],
  );
}
