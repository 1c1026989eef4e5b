import type { SignOff } from '../domain/model/sign-off.js';
import { SignOffRow } from './entities/sign-off-row.js';
import type { Tx } from './transaction.js';

const columns = `id, project_id AS "projectId", run_id AS "runId", mapping_hash AS "mappingHash", sample_digest AS "sampleDigest",
  signed_by AS "signedBy", signed_at AS "signedAt", note`;

export async function insertSignOff(
  tx: Tx,
  signOff: Omit<SignOff, 'id' | 'signedAt'> & { organizationId: string },
): Promise<void> {
  await tx.manager.insert(SignOffRow, signOff);
}

/** The newest of each project that has one, by the project's id. */
export async function newestSignOffs(tx: Tx, projectIds: readonly string[]): Promise<Map<string, SignOff>> {
  const rows = await tx.manager.query<SignOff[]>(
    `SELECT DISTINCT ON (project_id) ${columns} FROM landfall.sign_offs WHERE project_id = ANY($1)
     ORDER BY project_id, signed_at DESC, id DESC`,
    [projectIds],
  );
  return new Map(rows.map(row => [row.projectId, row]));
}

/** The newest of each run that has one, by the run's id. */
export async function signOffsOfRuns(tx: Tx, runIds: readonly string[]): Promise<Map<string, SignOff>> {
  const rows = await tx.manager.query<SignOff[]>(
    `SELECT DISTINCT ON (run_id) ${columns} FROM landfall.sign_offs WHERE run_id = ANY($1) ORDER BY run_id, signed_at DESC, id DESC`,
    [runIds],
  );
  return new Map(rows.map(row => [row.runId, row]));
}
