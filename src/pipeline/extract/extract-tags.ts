import { createHash } from 'node:crypto';
import { listingOf } from '../../domain/model/record-types.js';
import type { SourceListing } from '../../domain/ports/source.js';
import type { RunWork } from '../../store/run-work.js';
import { countStaged, stagedTags } from '../../store/staged-records.js';
import { stage } from '../../store/staging.js';

/** Tags have no listing at the source. They are in the records. */
export const tagListing: SourceListing = {
  name: listingOf('TAG'),
  recordType: 'TAG',
  shape: 'PAGES',
  observed: true,
  byId: false,
  since: false,
};

const batchSize = 500;

export async function extractTags(work: RunWork): Promise<number> {
  const tags = await work.transaction(tx => stagedTags(tx, work.lease));
  const bare = {
    parentId: null,
    createdAt: null,
    updatedAt: null,
    channel: null,
    references: [],
    tags: [],
    skipped: false,
    problems: [],
  };
  const records = tags.map(tag => ({ ...bare, id: tag.length <= 200 ? tag : digest(tag), raw: JSON.stringify(tag) }));
  for (let from = 0; from < records.length; from += batchSize) {
    work.checkHalt();
    await work.fencedTransaction(tx =>
      stage(tx, work.lease, { listing: tagListing.name, sweep: 1 }, records.slice(from, from + batchSize)),
    );
  }
  return (await work.transaction(tx => countStaged(tx, work.lease.projectId, tagListing.name))).staged;
}

const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
