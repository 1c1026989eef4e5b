import type { Environment } from '../domain/model/run.js';
import type { FieldCounts, FieldDifference, FieldOutcome } from '../domain/verify/verification.js';
import type { RecordKey } from './load-scope.js';
import type { Tx } from './transaction.js';

/** How one field of a record arrived. */
export interface FieldVerification {
  field: string;
  outcome: FieldOutcome;
  /** Number of values with this outcome: 1, or messages of a ticket. */
  count: number;
  /** A comparison rule, or the code of a declared loss; null for equal and different values. */
  rule: string | null;
  /** Of the first difference. */
  expected: string | null;
  actual: string | null;
}

/** What the last read-back of a record compared. */
export interface RecordVerification {
  destinationId: string | null;
  sourceDigest: string | null;
  draftDigest: string | null;
  imageDigest: string | null;
  verifiedAt: Date;
  /** Whether the draft that was read back is the one that is loaded now. */
  isCurrent: boolean;
  fields: FieldVerification[];
}

type Row = Omit<RecordVerification, 'fields'> & {
  projectId: string;
  outcomes: Record<string, FieldCounts>;
  rules: Record<string, string>;
  differences: FieldDifference[];
};

/** Of one record of each of these projects, by the project's id. */
export async function recordVerifications(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
  { recordType, sourceId }: RecordKey,
): Promise<Map<string, RecordVerification>> {
  const rows = await tx.manager.query<Row[]>(
    `SELECT v.project_id AS "projectId", v.destination_id AS "destinationId", v.source_digest AS "sourceDigest", v.draft_digest AS "draftDigest",
       v.image_digest AS "imageDigest", v.verified_at AS "verifiedAt", v.outcomes, v.rules, v.differences,
       coalesce(s.read_digest = s.digest, false) AS "isCurrent"
     FROM landfall.verifications v LEFT JOIN landfall.load_states s ON s.project_id = v.project_id AND s.environment = v.environment
       AND s.record_type = CASE v.record_type WHEN 'MESSAGE' THEN 'TICKET' ELSE v.record_type END AND s.source_id = v.source_id
     WHERE v.project_id = ANY($1) AND v.environment = $2 AND v.record_type = $3 AND v.source_id = $4`,
    [projectIds, environment, recordType, sourceId],
  );
  return new Map(
    rows.map(({ projectId, outcomes, rules, differences, ...row }) => [
      projectId,
      { ...row, fields: fieldsOf(outcomes, rules, differences) },
    ]),
  );
}

function fieldsOf(
  outcomes: Record<string, FieldCounts>,
  rules: Record<string, string>,
  differences: readonly FieldDifference[],
): FieldVerification[] {
  return Object.entries(outcomes).flatMap(([field, counts]) =>
    Object.entries(counts).map(([outcome, count]) => {
      const hasRule = (outcome === 'normalised' || outcome === 'lossy') && Object.hasOwn(rules, field);
      const difference = outcome === 'different' ? differences.find(each => each.field === field) : undefined;
      return {
        field,
        outcome: outcome as FieldOutcome,
        count,
        rule: hasRule ? rules[field]! : null,
        expected: difference?.expected ?? null,
        actual: difference?.actual ?? null,
      };
    }),
  );
}
