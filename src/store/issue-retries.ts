import type { IssueRetry } from '../domain/model/load-plan.js';
import { failureCodes } from '../domain/verify/reconcile.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

type Scope = Pick<LoadScope, 'projectId' | 'environment'>;

/** Codes of issues that a load can end. */
export const retriedCodes: readonly string[] = [...failureCodes, 'VERIFICATION_DIFFERS'];

/**
 * SQL: whether an issue `i` is retried: it is named, or it is open and has the code. The messages of a ticket are retried with it.
 * @param ids,code numbers of the parameters: uuid[] and text, of which one is null
 */
const isNamed = (ids: number, code: number) =>
  `(i.id = ANY($${ids}::uuid[]) OR (i.code = $${code}::text AND i.status IN ('OPEN', 'ACKNOWLEDGED')))`;
const recordOfIssue = `CASE i.record_type WHEN 'MESSAGE' THEN 'TICKET' ELSE i.record_type END`;

/** SQL: whether the record of a draft or load state is retried; every record is if both parameters are null. */
export const isRetried = (record: string, ids: number, code: number) =>
  `($${ids}::uuid[] IS NULL AND $${code}::text IS NULL OR EXISTS (SELECT FROM landfall.issues i
     WHERE i.project_id = ${record}.project_id AND i.about = ${record}.environment AND i.source_id = ${record}.source_id
       AND ${recordOfIssue} = ${record}.record_type AND ${isNamed(ids, code)}))`;

export const retryParameters = (retry: IssueRetry | null): [ids: string[] | null, code: string | null] => [
  retry?.issueIds ?? null,
  retry?.code ?? null,
];

/** How many issues are named, by their code those of this workspace, and how many of them a load of it can end. */
export async function countRetried(
  tx: Tx,
  { projectId, environment }: Scope,
  retry: IssueRetry,
): Promise<{ named: number; retriable: number }> {
  const rows = await tx.manager.query<{ named: number; retriable: number }[]>(
    `SELECT count(*)::int AS named, (count(*) FILTER (WHERE i.code = ANY($5) AND i.about = $2))::int AS retriable
     FROM landfall.issues i WHERE i.project_id = $1 AND (i.about = $2 OR $4::text IS NULL) AND ${isNamed(3, 4)}`,
    [projectId, environment, ...retryParameters(retry), retriedCodes],
  );
  return rows[0]!;
}

/** What was loaded and arrived differently is written again, apart from what people have changed. */
export async function rewriteRetried(tx: Tx, { projectId, environment }: Scope, retry: IssueRetry): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.load_states s SET rewrite = 'OURS'
     WHERE s.project_id = $1 AND s.environment = $2 AND s.state = 'DONE' AND ${isRetried('s', 3, 4)}`,
    [projectId, environment, ...retryParameters(retry)],
  );
}
