import type { IssueCode } from '../domain/model/issue.js';
import type { Environment, RunKind } from '../domain/model/run.js';
import { inFencedBatches } from './fenced-batches.js';
import { byLandfall } from './issues.js';
import type { RunWork } from './run-work.js';

/** Resolves issues with these codes, waived ones too. @param of limits them to listings, or to runs of a workspace or kind */
export async function resolveEnded(
  work: RunWork,
  codes: readonly IssueCode[],
  { listings, environment, kind }: { listings?: readonly string[]; environment?: Environment; kind?: RunKind },
): Promise<void> {
  const { projectId } = work.lease;
  await inFencedBatches<string>(
    work,
    async (tx, limit, after) => {
      const rows = await tx.manager.query<{ id: string }[]>(
        `SELECT i.id FROM landfall.issues i
         WHERE i.project_id = $1 AND i.code = ANY($2) AND i.status <> 'RESOLVED' AND ($3::text[] IS NULL OR i.listing = ANY($3))
           AND ($4::text IS NULL AND $5::text IS NULL OR EXISTS (SELECT FROM landfall.runs r WHERE r.id = i.run_id
             AND ($4::text IS NULL OR r.environment = $4) AND ($5::text IS NULL OR r.kind = $5)))
           AND ($7::uuid IS NULL OR i.id > $7) ORDER BY i.id LIMIT $6`,
        [projectId, codes, listings ?? null, environment ?? null, kind ?? null, limit, after],
      );
      return rows.map(({ id }) => id);
    },
    async (tx, ids) => {
      await tx.manager.query(
        `UPDATE landfall.issues SET status = 'RESOLVED', ${byLandfall} WHERE project_id = $1 AND id = ANY($2) AND status <> 'RESOLVED'`,
        [projectId, ids],
      );
    },
  );
}
