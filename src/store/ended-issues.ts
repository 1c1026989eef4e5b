import type { IssueCode } from '../domain/model/issue.js';
import type { Environment, RunKind } from '../domain/model/run.js';
import { byLandfall } from './issues.js';
import type { Tx } from './transaction.js';

/** Resolves issues with these codes, waived ones too. @param of limits them to listings, or to runs of a workspace or kind */
export async function resolveEnded(
  tx: Tx,
  projectId: string,
  codes: readonly IssueCode[],
  { listings, environment, kind }: { listings?: readonly string[]; environment?: Environment; kind?: RunKind },
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.issues i SET status = 'RESOLVED', ${byLandfall}
     WHERE i.project_id = $1 AND i.code = ANY($2) AND i.status <> 'RESOLVED' AND ($3::text[] IS NULL OR i.listing = ANY($3))
       AND ($4::text IS NULL AND $5::text IS NULL OR EXISTS (SELECT FROM landfall.runs r WHERE r.id = i.run_id
         AND ($4::text IS NULL OR r.environment = $4) AND ($5::text IS NULL OR r.kind = $5)))`,
    [projectId, codes, listings ?? null, environment ?? null, kind ?? null],
  );
}
