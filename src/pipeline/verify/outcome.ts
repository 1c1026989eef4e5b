import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import type { VerificationOutcome, VerifiedRecord } from '../../domain/verify/verification.js';
import { withoutHumanEdits } from '../../store/human-edits.js';
import { raiseIssues } from '../../store/issues.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { RunWork } from '../../store/run-work.js';
import type { Tx } from '../../store/transaction.js';
import { saveVerifications } from '../../store/verifications.js';

/** Verified records without what people have changed since the last read-back, and an issue for each that differs. */
export async function outcomeOf(tx: Tx, scope: LoadScope, records: readonly VerifiedRecord[]): Promise<VerificationOutcome> {
  const verifications = await withoutHumanEdits(tx, scope, records);
  const issues = verifications.flatMap(each => differencesAsIssues(scope.environment, each.recordType, each.sourceId, each));
  return { verifications, issues };
}

/** Stores what was read back. `load_states.read_digest` then says which draft was verified. */
export async function saveOutcome(
  tx: Tx,
  { work, scope }: { work: RunWork; scope: LoadScope },
  records: readonly VerifiedRecord[],
): Promise<void> {
  const { verifications, issues } = await outcomeOf(tx, scope, records);
  await saveVerifications(tx, scope, verifications, work.lease.runId);
  await raiseIssues(tx, work.lease, issues);
}
