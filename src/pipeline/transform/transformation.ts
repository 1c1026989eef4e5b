import { createHash } from 'node:crypto';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Drafts, DraftType } from '../../domain/drafts/drafts.js';
import type { SentField } from '../../domain/mapping/deal-type.js';
import type { MappedType } from '../../domain/mapping/field-mapping.js';
import { canonicalJson } from '../../domain/model/canonical-json.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { type LoadOrder, placeOf } from '../../domain/model/load-plan.js';
import { recordOf } from '../../domain/model/record-fields.js';
import type { Sample } from '../../domain/sample/sample.js';
import { type DraftRow, saveDrafts } from '../../store/drafts.js';
import { raiseIssues } from '../../store/issues.js';
import type { LoadScope } from '../../store/load-scope.js';
import type { Lookups } from '../../store/lookups.js';
import type { RunWork } from '../../store/run-work.js';
import { recordsByIds, type StagedRecord, stagedBatch } from '../../store/staged-records.js';
import type { TypeMapping } from './field-values.js';
import type { ReadRecord } from './ticket-record.js';

const batchSize = 200;

export interface Transformation {
  work: RunWork;
  scope: LoadScope;
  mapping: ReadonlyMap<MappedType, TypeMapping>;
  lookups: Lookups;
  /** Whether an agent has a teammate in this workspace. Otherwise the author is the placeholder. */
  hasTeammate(agentId: string): boolean;
  /** What moves, if not everything does. */
  sample: Sample | null;
  replyHtml: boolean;
  dealsAs: 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES';
  pendingAs: 'OPEN' | 'SNOOZED';
  historyAs: 'NOTE' | 'PARTS';
  order: LoadOrder;
}

/** Groups a mapping by type and path. */
export function mappingByType(fields: readonly SentField[]): ReadonlyMap<MappedType, TypeMapping> {
  const types = new Map<MappedType, Map<string, SentField>>();
  for (const field of fields) {
    const type = types.get(field.recordType) ?? new Map();
    types.set(field.recordType, type.set(field.sourcePath, field));
  }
  return types;
}

export const mappingOf = (context: Transformation, type: MappedType): TypeMapping => context.mapping.get(type) ?? new Map();

/** Staged records of a listing that move, in batches. */
export async function* batches(context: Transformation, listing: string): AsyncGenerator<ReadRecord[]> {
  const sampled = context.sample?.get(listing);
  if (!sampled) return yield* allBatches(context, listing);
  for (let from = 0; from < sampled.length; from += batchSize) {
    const ids = sampled.slice(from, from + batchSize);
    const staged = await context.work.transaction(tx => recordsByIds(tx, context.scope.projectId, listing, ids));
    context.work.checkHalt();
    if (staged.length > 0) yield staged.map(readRecord);
    await yieldToEventLoop();
  }
}

/** All staged records of a listing, some at a time. */
export async function* allBatches(context: Transformation, listing: string): AsyncGenerator<ReadRecord[]> {
  for (let after = ''; ; ) {
    const staged = await context.work.transaction(tx => stagedBatch(tx, context.scope.projectId, listing, after, batchSize));
    if (staged.length === 0) return;
    context.work.checkHalt();
    yield staged.map(readRecord);
    await yieldToEventLoop();
    if (staged.length < batchSize) return;
    after = staged.at(-1)!.sourceId;
  }
}

/** Parses a staged record. */
export const readRecord = ({ sourceId, raw, stagedAt }: StagedRecord): ReadRecord => ({
  sourceId,
  record: recordOf(raw),
  stagedAt: stagedAt.getTime(),
});

export function rowOf(draft: Drafts[DraftType], weight: number): DraftRow {
  // The order of fields at the source does not count.
  const digest = createHash('sha256').update(canonicalJson(draft)).digest('hex');
  return { sourceId: draft.sourceId, digest, weight, body: JSON.stringify(draft) };
}

/** What decides when and in which slice a conversation is loaded. @param createdAt Unix seconds */
export function orderOf({ order }: Transformation, createdAt: number | null, isOpen: boolean) {
  // The database stores no year that has more than four digits.
  const isStorable = createdAt !== null && createdAt >= 0 && createdAt < 253_402_300_800;
  const about = { createdAt: isStorable ? new Date(createdAt * 1000) : null, isOpen };
  return { ...about, place: placeOf(order, about) };
}

export async function save(
  context: Transformation,
  type: DraftType,
  rows: readonly DraftRow[],
  issues: readonly NewIssue[],
): Promise<void> {
  await context.work.fencedTransaction(async tx => {
    await saveDrafts(tx, context.scope, context.work.lease.runId, type, rows);
    await raiseIssues(tx, context.work.lease, issues);
  });
}
