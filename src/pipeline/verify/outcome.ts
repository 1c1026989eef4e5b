import type { Environment } from '../../domain/model/run.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import type { VerificationOutcome, VerifiedRecord } from '../../domain/verify/verification.js';
import { raiseIssues } from '../../store/issues.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { RunWork } from '../../store/run-work.js';
import type { Tx } from '../../store/transaction.js';
import { saveVerifications } from '../../store/verifications.js';

/** Verified records with an issue for each that differs. */
export const outcomeOf = (environment: Environment, verifications: VerifiedRecord[]): VerificationOutcome => ({
  verifications,
  issues: verifications.flatMap(each => differencesAsIssues(environment, each.recordType, each.sourceId, each)),
});

/** Stores what was read back. `load_states.read_digest` then says which draft was verified. */
export async function saveOutcome(
  tx: Tx,
  { work, scope }: { work: RunWork; scope: LoadScope },
  { verifications, issues }: VerificationOutcome,
): Promise<void> {
  await saveVerifications(tx, scope, verifications);
  await raiseIssues(tx, work.lease, issues);
}
