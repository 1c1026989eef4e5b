import type { NewIssue } from '../model/issue.js';
import type { RecordType } from '../model/record-type.js';
import { listingOf } from '../model/record-types.js';
import type { Environment } from '../model/run.js';
import { notMapped } from './compare-fields.js';
import type { Verification } from './verification.js';

const maxNamed = 20;

/** One issue for a record that did not arrive as it was sent. */
export function differencesAsIssues(
  environment: Environment,
  recordType: RecordType,
  sourceId: string,
  { differences }: Verification,
): NewIssue[] {
  if (differences.length === 0) return [];
  const fields = [...new Set(differences.map(({ field }) => field))].join(', ');
  const surplus = differences.filter(({ field }) => field === 'surplus').map(({ actual }) => actual);
  const named = surplus.length > 0 ? `Written twice: ${surplus.slice(0, maxNamed).join(', ')}.` : '';
  return [
    {
      code: 'VERIFICATION_DIFFERS',
      severity: 'ERROR',
      recordType,
      listing: listingOf(recordType),
      sourceId,
      about: environment,
      message: `It did not arrive as it was sent: ${fields}.${named}`,
      hint: differences.some(({ expected }) => expected === notMapped)
        ? 'The source has new fields or tags that the confirmed mapping does not contain. Propose and confirm a mapping, provision, and start the run again. Or waive the issue.'
        : 'See the differences in the reconciliation. Correct the record in Intercom and start the run again, or waive the issue.',
    },
  ];
}
