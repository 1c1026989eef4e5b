import type { NewIssue } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { raiseIssues } from '../../store/issues.js';
import type { RunWork } from '../../store/run-work.js';
import { referringRecords, stagedAmong } from '../../store/staged-records.js';

const batchSize = 500;

interface ReadListing {
  name: string;
  recordType: RecordType | null;
}

/**
 * Raises an issue for each reference to a missing record, among completely read listings. It reads in batches, looks up by key,
 * and locks the row of the run only to raise issues.
 */
export async function reportDanglingReferences(work: RunWork, listings: readonly ReadListing[]): Promise<void> {
  const read = new Set(listings.map(({ name }) => name));
  for (const listing of listings) {
    for (let after = ''; ; ) {
      work.checkHalt();
      const { issues, last } = await danglingOf(work, listing, read, after);
      if (issues.length > 0) await work.fencedTransaction(tx => raiseIssues(tx, work.lease, issues));
      if (last === null) break;
      after = last;
    }
  }
}

async function danglingOf(work: RunWork, { name, recordType }: ReadListing, read: ReadonlySet<string>, after: string) {
  const { projectId } = work.lease;
  return work.transaction(async tx => {
    const records = await referringRecords(tx, projectId, name, after, batchSize);
    const wanted = new Map<string, Set<string>>();
    for (const { listing, id } of records.flatMap(({ references }) => references.map(parts)))
      if (read.has(listing)) wanted.set(listing, (wanted.get(listing) ?? new Set()).add(id));
    const there = new Map<string, ReadonlySet<string>>();
    for (const [listing, ids] of wanted) there.set(listing, await stagedAmong(tx, projectId, listing, [...ids]));
    const issues = records.flatMap(({ sourceId, references }) =>
      [...new Set(references)]
        .filter(reference => there.get(parts(reference).listing)?.has(parts(reference).id) === false)
        .map((about): NewIssue => {
          const message = `It refers to ${about.replaceAll(':', ' ')}, which the source does not have.`;
          const hint =
            'Nothing is lost: the record is loaded without that link. Restore the other record at the source if it is needed.';
          return { code: 'DANGLING_REFERENCE', severity: 'WARNING', recordType, listing: name, sourceId, about, message, hint };
        }),
    );
    return { issues, last: records.length < batchSize ? null : records.at(-1)!.sourceId };
  });
}

/** The parts of a reference such as `contacts:9001`. */
function parts(reference: string): { listing: string; id: string } {
  const colon = reference.indexOf(':');
  return { listing: reference.slice(0, colon), id: reference.slice(colon + 1) };
}
