import type { CrosswalkEntry, CrosswalkLookup, DestinationType } from '../domain/model/crosswalk.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { CrosswalkRow } from './entities/crosswalk-row.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

export const toEntry = ({ organizationId: _o, preImage: _p, project: _r, ...entry }: CrosswalkRow): CrosswalkEntry => entry;

/** Destination ids by source id, of active entries. */
export async function destinationsOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  sourceType: RecordType,
  destinationType: DestinationType,
  sourceIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.manager.query<{ sourceId: string; destinationId: string }[]>(
    `SELECT source_id AS "sourceId", destination_id AS "destinationId" FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND destination_type = $4 AND source_id = ANY($5) AND state = 'ACTIVE'`,
    [projectId, environment, sourceType, destinationType, sourceIds],
  );
  return new Map(rows.map(row => [row.sourceId, row.destinationId]));
}

/** An object that a record became, and whether it was rolled back since. */
export interface LastDestination {
  id: string;
  isRolledBack: boolean;
}

/** What records became, rolled back or not: an object of them may still refer to it. */
export async function lastDestinationsOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  sourceType: RecordType,
  destinationType: DestinationType,
  sourceIds: readonly string[],
): Promise<Map<string, LastDestination>> {
  const rows = await tx.manager.query<(LastDestination & { sourceId: string })[]>(
    `SELECT DISTINCT ON (source_id) source_id AS "sourceId", destination_id AS id, state = 'ROLLED_BACK' AS "isRolledBack"
     FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND destination_type = $4 AND source_id = ANY($5)
     ORDER BY source_id, state = 'ACTIVE' DESC, loaded_at DESC`,
    [projectId, environment, sourceType, destinationType, sourceIds],
  );
  return new Map(rows.map(({ sourceId, ...rest }) => [sourceId, rest]));
}

/** Conversation ids by source id, of records that are in a conversation. */
export async function conversationsOf(
  tx: Tx,
  { projectId, environment }: Pick<LoadScope, 'projectId' | 'environment'>,
  sourceType: RecordType,
  sourceIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.manager.query<{ sourceId: string; conversationId: string }[]>(
    `SELECT source_id AS "sourceId", conversation_id AS "conversationId" FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND source_id = ANY($4) AND state = 'ACTIVE' AND conversation_id IS NOT NULL`,
    [projectId, environment, sourceType, sourceIds],
  );
  return new Map(rows.map(row => [row.sourceId, row.conversationId]));
}

/** Files that are in the package because no message could carry them. */
export function keptFiles(
  tx: Tx,
  { projectId, environment }: Pick<LoadScope, 'projectId' | 'environment'>,
): Promise<{ sourceId: string; path: string; conversationId: string | null; name: string; sha256: string; byteSize: number }[]> {
  return tx.manager.query(
    `SELECT c.source_id AS "sourceId", c.destination_id AS path, c.conversation_id AS "conversationId", f.name, f.sha256, f.byte_size::float8 AS "byteSize"
     FROM landfall.crosswalk c JOIN landfall.stored_files f ON f.project_id = $1 AND f.source_id = c.source_id AND f.state = 'STORED'
     WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = 'ATTACHMENT' AND c.destination_type = 'DOCUMENT' AND c.state = 'ACTIVE'
     ORDER BY c.destination_id`,
    [projectId, environment],
  );
}

/** Addresses of destination objects by source id, if the destination has returned them. */
export async function destinationUrlsOf(
  tx: Tx,
  { projectId, environment }: Pick<LoadScope, 'projectId' | 'environment'>,
  sourceType: RecordType,
): Promise<Map<string, string>> {
  const rows = await tx.manager.query<{ sourceId: string; url: string }[]>(
    `SELECT source_id AS "sourceId", destination_url AS url FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND state = 'ACTIVE' AND destination_url IS NOT NULL`,
    [projectId, environment, sourceType],
  );
  return new Map(rows.map(row => [row.sourceId, row.url]));
}

/** Part ids of a conversation by part key: `MESSAGE 5`, `CALL 6`, `TEXT` and `NOTE` of the ticket itself. */
export async function conversationParts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  conversationId: string,
  ticketId: string,
): Promise<Map<string, string>> {
  const rows = await tx.manager.query<{ sourceType: string; sourceId: string; destinationType: string; destinationId: string }[]>(
    `SELECT source_type AS "sourceType", source_id AS "sourceId", destination_type AS "destinationType", destination_id AS "destinationId"
     FROM landfall.crosswalk WHERE project_id = $1 AND environment = $2 AND conversation_id = $3 AND destination_type IN ('CONVERSATION_PART', 'NOTE')
       AND source_type <> 'RECORDING'`,
    [projectId, environment, conversationId],
  );
  const keyOf = ({ sourceType, sourceId, destinationType }: (typeof rows)[number]) => {
    if (sourceType === 'MESSAGE' || sourceType === 'CALL' || sourceType === 'ATTACHMENT') return `${sourceType} ${sourceId}`;
    return sourceId === ticketId ? (destinationType === 'NOTE' ? 'NOTE' : 'TEXT') : '';
  };
  return new Map(rows.map(row => [keyOf(row), row.destinationId]));
}

/** Whether a destination object already belongs to a record. */
export async function isClaimed(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
  destinationId: string,
): Promise<boolean> {
  return tx.manager.existsBy(CrosswalkRow, { projectId, environment, destinationType, destinationId });
}

/** The newest loaded record; null if nothing was loaded yet. */
export async function newestLoaded(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: DestinationType,
): Promise<CrosswalkEntry | null> {
  const row = await tx.manager.findOne(CrosswalkRow, {
    where: { projectId, environment, destinationType, state: 'ACTIVE' },
    order: { loadedAt: 'DESC' },
  });
  return row && toEntry(row);
}

export async function crosswalkById(tx: Tx, id: string): Promise<CrosswalkEntry | null> {
  const row = await tx.manager.findOneBy(CrosswalkRow, { id });
  return row && toEntry(row);
}

const fits = `c.project_id = $1 AND c.environment = $2
  AND (l.source_type IS NULL OR c.source_type = l.source_type) AND (l.destination_type IS NULL OR c.destination_type = l.destination_type)`;

/**
 * Searches by source id or by destination id separately: an OR of both would read the whole table. OFFSET 0 keeps each search a
 * separate index search.
 */
export const lookUpSql = `
  WITH l AS (
    SELECT * FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[]) AS l (position, source_type, source_id, destination_type, destination_id)
  )
  SELECT position, id FROM (
    SELECT l.position, f.id, f.loaded_at FROM l CROSS JOIN LATERAL (
      SELECT c.id, c.loaded_at FROM landfall.crosswalk c
      WHERE c.source_id = l.source_id AND ${fits} AND (l.destination_id IS NULL OR c.destination_id = l.destination_id) OFFSET 0) f
    WHERE l.source_id IS NOT NULL
    UNION ALL
    SELECT l.position, f.id, f.loaded_at FROM l CROSS JOIN LATERAL (
      SELECT c.id, c.loaded_at FROM landfall.crosswalk c WHERE c.destination_id = l.destination_id AND ${fits} OFFSET 0) f
    WHERE l.source_id IS NULL AND l.destination_id IS NOT NULL
  ) found ORDER BY position, loaded_at, id`;

/** Entries for each look-up, in the given order. */
export async function lookUp(
  tx: Tx,
  projectId: string,
  environment: Environment,
  lookups: readonly CrosswalkLookup[],
): Promise<CrosswalkEntry[][]> {
  const rows = await tx.manager.query<{ position: number; id: string }[]>(lookUpSql, [
    projectId,
    environment,
    lookups.map((_, position) => position),
    lookups.map(each => each.sourceType ?? null),
    lookups.map(each => each.sourceId ?? null),
    lookups.map(each => each.destinationType ?? null),
    lookups.map(each => each.destinationId ?? null),
  ]);
  const ids = [...new Set(rows.map(row => row.id))];
  const found =
    ids.length === 0 ? [] : await tx.manager.createQueryBuilder(CrosswalkRow, 'c').where('c.id = ANY(:ids)', { ids }).getMany();
  const entries = new Map(found.map(row => [row.id, toEntry(row)]));
  const byLookup = lookups.map((): CrosswalkEntry[] => []);
  for (const { position, id } of rows) byLookup[position]!.push(entries.get(id)!);
  return byLookup;
}

export interface ExistingObject {
  destinationId: string;
  preImage: Record<string, unknown> | null;
  isShared: boolean;
}

/** What the first of these records that is loaded became, with its pre-image. Shared: another record became the same object. */
export async function existingOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  sourceType: RecordType,
  destinationType: DestinationType,
  sourceIds: readonly string[],
): Promise<ExistingObject | null> {
  const [row] = await tx.manager.query<ExistingObject[]>(
    `SELECT destination_id AS "destinationId", pre_image AS "preImage", EXISTS (
       SELECT FROM landfall.crosswalk o WHERE o.destination_id = c.destination_id AND o.project_id = $1 AND o.environment = $2
         AND o.source_type = $3 AND o.source_id <> ALL($5) AND o.state = 'ACTIVE') AS "isShared"
     FROM landfall.crosswalk c
     WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND destination_type = $4 AND source_id = ANY($5) AND state = 'ACTIVE'
     ORDER BY array_position($5, source_id) LIMIT 1`,
    [projectId, environment, sourceType, destinationType, sourceIds],
  );
  return row ?? null;
}
