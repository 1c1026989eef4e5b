import { sourceHosts } from '../domain/model/connection.js';
import { recordOf } from '../domain/model/record-fields.js';
import type { RecordType } from '../domain/model/record-type.js';
import { listingOf } from '../domain/model/record-types.js';
import { nameOf, personOf } from '../sources/shapes.js';
import { accountLocale } from './account-locale.js';
import { connectionOf } from './connections.js';
import { type Lookups, readPipelines } from './lookups.js';
import { textAttributes } from './provisioned-objects.js';
import { recordsByIds, type StagedRecord } from './staged-records.js';
import type { Tx } from './transaction.js';

/** A few staged records, and what they refer to. */
export interface PreviewSource {
  records: readonly StagedRecord[];
  /** Without what these records do not refer to. */
  lookups: Lookups;
  /** Of the DESTINATION connection; none if it is not connected. */
  options: Record<string, unknown>;
  /** Attributes of its Deal type that were made as texts. */
  dealTexts: ReadonlySet<string>;
}

/** Reads the first records of a type that the source still has, by their ids. */
export async function readPreviewSource(
  tx: Tx,
  projectId: string,
  recordType: RecordType,
  limit: number,
): Promise<PreviewSource> {
  const records = await tx.manager.query<(StagedRecord & { references: string[] })[]>(
    `SELECT source_id AS "sourceId", parent_id AS "parentId", raw, staged_at AS "stagedAt", refs AS references
     FROM landfall.staged_records WHERE project_id = $1 AND listing = $2 AND NOT skipped AND gone_at IS NULL
     ORDER BY source_id LIMIT $3`,
    [projectId, listingOf(recordType), limit],
  );
  const source = await connectionOf(tx, projectId, 'SOURCE');
  const references = records.flatMap(record => record.references);
  const referred = async (type: RecordType) => {
    const prefix = `${listingOf(type)}:`;
    const ids = new Set(references.filter(each => each.startsWith(prefix)).map(each => each.slice(prefix.length)));
    const staged = ids.size > 0 ? await recordsByIds(tx, projectId, listingOf(type), [...ids]) : [];
    return staged.map(({ sourceId, raw }) => [sourceId, recordOf(raw)] as const);
  };
  const lookups: Lookups = {
    account: source?.workspaceId ?? '',
    ...(await accountLocale(tx, projectId)),
    sourceHosts: source ? sourceHosts(source) : [],
    users: new Map((await referred('AGENT')).map(([id, record]) => [id, personOf(record)])),
    teams: new Map((await referred('TEAM')).map(([id, record]) => [id, nameOf(record)])),
    companies: new Map((await referred('COMPANY')).map(([id, record]) => [id, nameOf(record)])),
    contacts: new Set((await referred('CONTACT')).map(([id]) => id)),
    ...(await readPipelines(tx, projectId)),
  };
  const options = (await connectionOf(tx, projectId, 'DESTINATION'))?.options ?? {};
  return { records, lookups, options, dealTexts: await textAttributes(tx, projectId, 'PRODUCTION') };
}
