import type { NewIssue } from '../issue.js';
import type { RecordType } from '../record-type.js';
import type { Environment } from '../run.js';
import type { Verification } from './verification.js';

const listings: Partial<Record<RecordType, string>> = {
  COMPANY: 'companies',
  CONTACT: 'contacts',
  DEAL: 'deals',
  CATEGORY: 'articlecategories',
  ARTICLE: 'articles',
  TICKET: 'tickets',
  MESSAGE: 'ticketlogs',
  CALL: 'calls',
};

/** One issue for a record that did not arrive as it was sent. */
export function differencesAsIssues(
  environment: Environment,
  recordType: RecordType,
  sourceId: string,
  { differences }: Verification,
): NewIssue[] {
  if (differences.length === 0) return [];
  const fields = [...new Set(differences.map(({ field }) => field))].join(', ');
  return [
    {
      code: 'VERIFICATION_DIFFERS',
      severity: 'ERROR',
      recordType,
      listing: listings[recordType] ?? null,
      sourceId,
      about: environment,
      message: `It did not arrive as it was sent: ${fields}.`,
      hint: 'Look at the differences in the reconciliation; put it right in Intercom and start the run again, or waive it.',
    },
  ];
}
