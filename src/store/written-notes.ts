import { type LoadScope, scopeOf } from './load-scope.js';
import type { Tx } from './transaction.js';

/** A note that Landfall sends to a contact or company. */
export interface WrittenNote {
  destinationType: 'CONTACT' | 'COMPANY';
  destinationId: string;
  /** Of its text (`noteDigest`). */
  digest: string;
}

export async function saveWrittenNotes(tx: Tx, scope: LoadScope, notes: readonly WrittenNote[]): Promise<void> {
  if (notes.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.written_notes (project_id, organization_id, environment, destination_type, destination_id, digest)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING`,
    [
      ...scopeOf(scope),
      notes.map(each => each.destinationType),
      notes.map(each => each.destinationId),
      notes.map(each => each.digest),
    ],
  );
}

/** Digests of the notes that Landfall has sent to each of these objects; without those that have none. */
export async function writtenNotes(
  tx: Tx,
  { projectId, environment }: LoadScope,
  destinationType: WrittenNote['destinationType'],
  destinationIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await tx.manager.query<{ id: string; digests: string[] }[]>(
    `SELECT destination_id AS id, array_agg(digest) AS digests FROM landfall.written_notes
     WHERE project_id = $1 AND environment = $2 AND destination_type = $3 AND destination_id = ANY($4) GROUP BY 1`,
    [projectId, environment, destinationType, destinationIds],
  );
  return new Map(rows.map(({ id, digests }) => [id, new Set(digests)]));
}
