import type { NewIssue } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { raiseIssues } from '../../store/issues.js';
import type { RunWork } from '../../store/run-work.js';
import { referringRecords, stagedAmong } from '../../store/staged-records.js';
import type { Tx } from '../../store/transaction.js';

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
  for (let place: Place | null = { listing: 0, after: '' }; place; ) {
    work.checkHalt();
    const { issues, next } = await work.transaction(tx => danglingFrom(tx, work.lease.projectId, listings, read, place!));
    if (issues.length > 0) await work.fencedTransaction(tx => raiseIssues(tx, work.lease, issues));
    place = next;
  }
}

/** Where a batch begins: in which listing, after which id. */
interface Place {
  listing: number;
  after: string;
}

/** Of a batch of records: small listings share one. */
async function danglingFrom(tx: Tx, projectId: string, listings: readonly ReadListing[], read: ReadonlySet<string>, from: Place) {
  const issues: NewIssue[] = [];
  let { listing, after } = from;
  for (let left = batchSize; left > 0 && listing < listings.length; ) {
    const found = await danglingOf(tx, projectId, listings[listing]!, read, after, left);
    issues.push(...found.issues);
    left -= found.records;
    if (found.last === null) listing++;
    after = found.last ?? '';
  }
  return { issues, next: listing < listings.length ? { listing, after } : null };
}

async function danglingOf(
  tx: Tx,
  projectId: string,
  { name, recordType }: ReadListing,
  read: ReadonlySet<string>,
  after: string,
  limit: number,
) {
  const records = await referringRecords(tx, projectId, name, after, limit);
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
  return { issues, records: records.length, last: records.length < limit ? null : records.at(-1)!.sourceId };
}

/** The parts of a reference such as `contacts:9001`. */
function parts(reference: string): { listing: string; id: string } {
  const colon = reference.indexOf(':');
  return { listing: reference.slice(0, colon), id: reference.slice(colon + 1) };
}
