import type { CrosswalkOrigin, DestinationType } from '../domain/model/crosswalk.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { FieldDifference, ReadValues } from '../domain/verify/verification.js';
import type { LoadScope } from './load-scope.js';
import type { LoadState } from './load-states.js';
import type { Tx } from './transaction.js';

/** An object of the workspace, and the records that became it. */
export interface LoadedObject {
  destinationId: string;
  sourceType: RecordType;
  sourceIds: string[];
  origin: CrosswalkOrigin;
  preImage: Record<string, unknown> | null;
  /** Of a deal: the contact that refers to it. */
  linkedTo: string | null;
}

/** A page of the objects of a type of the workspace that records became. */
export function loadedObjects(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
  sourceTypes: readonly RecordType[],
  after: string,
  limit: number,
): Promise<LoadedObject[]> {
  return tx.manager.query(
    `SELECT c.destination_id AS "destinationId", min(c.source_type) AS "sourceType", array_agg(c.source_id ORDER BY c.source_id) AS "sourceIds",
       max(s.linked_to) AS "linkedTo", CASE WHEN bool_or(c.origin = 'ADOPTED') THEN 'ADOPTED' ELSE 'CREATED' END AS origin,
       (array_agg(c.pre_image ORDER BY c.loaded_at, c.source_id) FILTER (WHERE c.pre_image IS NOT NULL))[1] AS "preImage"
     FROM landfall.crosswalk c LEFT JOIN landfall.load_states s ON s.project_id = $1 AND s.environment = $2 AND s.record_type = c.source_type
       AND s.source_id = c.source_id
     WHERE c.project_id = $1 AND c.environment = $2 AND c.destination_type = $3 AND c.source_type = ANY($4) AND c.state = 'ACTIVE' AND c.destination_id > $5
     GROUP BY c.destination_id ORDER BY c.destination_id LIMIT $6`,
    [projectId, environment, destinationType, sourceTypes, after, limit],
  );
}

/** What was sent for a record, and how it was read back. */
export interface SentRecord {
  sourceId: string;
  body: string;
  /** Whether all of the draft was loaded as it is now. */
  isWhole: boolean;
  /** Whether another draft than this one was loaded. */
  isOutdated: boolean;
  /** Differences that the read-back found; they are not edits. */
  known: FieldDifference[];
  /** Values of the last read-back. */
  values: ReadValues;
}

export async function sentRecords(
  tx: Tx,
  { projectId, environment }: LoadScope,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<Map<string, SentRecord>> {
  const rows = await tx.manager.query<
    {
      sourceId: string;
      body: string;
      digest: string;
      state: LoadState['state'] | null;
      sent: string | null;
      known: FieldDifference[] | null;
      values: ReadValues | null;
    }[]
  >(
    `SELECT d.source_id AS "sourceId", d.body, d.digest, s.state, s.digest AS sent, v.differences AS known, v.read_values AS values
     FROM landfall.drafts d LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     LEFT JOIN landfall.verifications v USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND d.source_id = ANY($4)`,
    [projectId, environment, recordType, sourceIds],
  );
  return new Map(
    rows.map(({ sourceId, body, digest, state, sent, known, values }) => [
      sourceId,
      {
        sourceId,
        body,
        isWhole: state === 'DONE' && sent === digest,
        isOutdated: state === 'DONE' && sent !== digest,
        known: known ?? [],
        values: values ?? {},
      },
    ]),
  );
}

/** Ids of the parts that Landfall wrote into these conversations: messages, notes, and notes with a recording. */
export async function partsOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  conversationIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await tx.manager.query<{ conversationId: string; id: string }[]>(
    `SELECT conversation_id AS "conversationId", split_part(destination_id, '/', 1) AS id FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND conversation_id = ANY($3) AND destination_type IN ('CONVERSATION_PART', 'NOTE', 'ATTACHMENT')`,
    [projectId, environment, conversationIds],
  );
  const parts = new Map<string, Set<string>>(conversationIds.map(id => [id, new Set()]));
  for (const { conversationId, id } of rows) parts.get(conversationId)!.add(id);
  return parts;
}

/** Those of these objects that were ever loaded, even if they were rolled back since. */
export async function loadedAmong(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT DISTINCT destination_id AS id FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND destination_type = $3 AND destination_id = ANY($4)`,
    [projectId, environment, destinationType, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** All ids of the objects of a type that were loaded. */
export async function idsOfLoaded(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT DISTINCT destination_id AS id FROM landfall.crosswalk WHERE project_id = $1 AND environment = $2 AND destination_type = $3 AND state = 'ACTIVE'`,
    [projectId, environment, destinationType],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What adopted objects were before, by their ids. */
export async function preImagesOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const rows = await tx.manager.query<{ id: string; preImage: Record<string, unknown> }[]>(
    `SELECT destination_id AS id, pre_image AS "preImage" FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND destination_type = $3 AND destination_id = ANY($4) AND pre_image IS NOT NULL`,
    [projectId, environment, destinationType, ids],
  );
  return new Map(rows.map(row => [row.id, row.preImage]));
}
