import type { RecordType } from '../domain/model/record-type.js';
import type { LoadScope } from './load-scope.js';
import type { StoredObject } from './rollback-objects.js';
import type { Tx } from './transaction.js';

/**
 * Marks objects as rolled back: their entries stay, and their records count as never loaded.
 */
export async function forgetObjects(
  tx: Tx,
  { projectId, environment }: LoadScope,
  objects: readonly StoredObject[],
): Promise<void> {
  const scope = [projectId, environment];
  const byType = Map.groupBy(objects, each => each.destinationType);
  for (const [type, some] of byType) {
    const ids = some.map(each => each.destinationId);
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET state = 'ROLLED_BACK', verified_at = NULL
       WHERE project_id = $1 AND environment = $2 AND destination_type = $3 AND destination_id = ANY($4) AND state = 'ACTIVE'`,
      [...scope, type, ids],
    );
    if (type !== 'CONVERSATION') continue;
    // Its parts and files, also those in the package: only the conversation leads to them.
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET state = 'ROLLED_BACK', verified_at = NULL
       WHERE project_id = $1 AND environment = $2 AND conversation_id = ANY($3) AND state = 'ACTIVE'`,
      [...scope, ids],
    );
    // What was attached to it is gone with it, and waits for its call to be loaded again.
    await tx.manager.query(
      `UPDATE landfall.call_recordings r SET status = 'PENDING', claimed_by = NULL, claimed_by_key = NULL, closed_at = NULL, note = NULL
       FROM landfall.crosswalk c WHERE c.project_id = $1 AND c.environment = $2 AND c.conversation_id = ANY($3) AND c.source_type = 'RECORDING'
         AND c.destination_type = 'ATTACHMENT' AND $2 = 'PRODUCTION' AND r.project_id = c.project_id AND r.call_id = c.source_id AND r.status = 'ATTACHED'`,
      [...scope, ids],
    );
  }
  for (const [type, some] of Map.groupBy(objects, each => each.sourceType)) {
    if (type === null || type === 'TAG') continue;
    await forgetRecords(
      tx,
      { projectId, environment },
      type,
      some.flatMap(each => each.sourceIds),
    );
  }
}

async function forgetRecords(
  tx: Tx,
  { projectId, environment }: Pick<LoadScope, 'projectId' | 'environment'>,
  type: RecordType,
  sourceIds: readonly string[],
): Promise<void> {
  // The messages of a ticket are read back under its id.
  const types = type === 'TICKET' ? ['TICKET', 'MESSAGE'] : [type];
  for (const table of ['load_states', 'load_intents', 'verifications'])
    await tx.manager.query(
      `DELETE FROM landfall.${table} WHERE project_id = $1 AND environment = $2 AND record_type = ANY($3) AND source_id = ANY($4)`,
      [projectId, environment, types, sourceIds],
    );
}

/** Removes provisioned objects that are rolled back. */
export async function forgetProvisioned(
  tx: Tx,
  { projectId, environment }: LoadScope,
  kind: 'TAG' | 'PLACEHOLDER_CONTACT',
  ids: readonly string[],
): Promise<void> {
  await tx.manager.query(
    'DELETE FROM landfall.provisioned_objects WHERE project_id = $1 AND environment = $2 AND kind = $3 AND destination_id = ANY($4)',
    [projectId, environment, kind, ids],
  );
}

/** Forgets refused images once all articles are rolled back: the next load tries them again. */
export async function forgetRefusedImages(tx: Tx, { projectId, environment }: LoadScope): Promise<void> {
  await tx.manager.query(
    `DELETE FROM landfall.load_states WHERE project_id = $1 AND environment = $2 AND record_type = 'ATTACHMENT' AND code = 'ARTICLE_IMAGE_REMOVED'
       AND NOT EXISTS (SELECT FROM landfall.crosswalk c WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = 'ARTICLE' AND c.state = 'ACTIVE')`,
    [projectId, environment],
  );
}

/** What an object was before its first adoption, even if it was rolled back since; null if Landfall created it. */
export async function formerPreImage(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationId: string,
): Promise<Record<string, unknown> | null> {
  const [row] = await tx.manager.query<{ preImage: Record<string, unknown> }[]>(
    `SELECT pre_image AS "preImage" FROM landfall.crosswalk
     WHERE project_id = $1 AND environment = $2 AND destination_id = $3 AND state = 'ROLLED_BACK' AND pre_image IS NOT NULL LIMIT 1`,
    [projectId, environment, destinationId],
  );
  return row?.preImage ?? null;
}
