import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { type Fields, recordOf, textOf } from '../../domain/model/record-fields.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { listingOf } from '../../domain/model/record-types.js';
import { type Candidate, CandidatePool, type Chosen, chooseCovering } from '../../domain/sample/choose.js';
import {
  articleFeatures,
  commonFeatures,
  contactFeatures,
  fileCount,
  threadFeatures,
  ticketFeatures,
} from '../../domain/sample/features.js';
import { articleOf, callOf, contactPointsOf, fileCountOf, messageOf, ticketOf } from '../../sources/shapes.js';
import { withMostChildren } from '../../store/samples.js';
import { childrenOf, recordsByIds, stagedBatch } from '../../store/staged-records.js';
import type { Sampling } from './sampling.js';

const batchSize = 500;
/** Tickets in total, including those that others of the sample were merged into. */
export const maxTickets = 100;
const longestThreads = 3;
const mostFiles = 2;

async function* staged({ work }: Sampling, type: RecordType): AsyncGenerator<{ id: string; record: Fields }[]> {
  for (let after = ''; ; ) {
    work.checkHalt();
    const batch = await work.transaction(tx => stagedBatch(tx, work.lease.projectId, listingOf(type), after, batchSize));
    yield batch.map(({ sourceId, raw }) => ({ id: sourceId, record: recordOf(raw) }));
    if (batch.length < batchSize) return;
    after = batch.at(-1)!.sourceId;
    await yieldToEventLoop();
  }
}

async function poolOf(context: Sampling, type: RecordType, features: (record: Fields) => string[]): Promise<CandidatePool> {
  const pool = new CandidatePool();
  for await (const records of staged(context, type))
    for (const { id, record } of records) pool.add({ id, features: features(record) });
  return pool;
}

/** 50 to 100 tickets: every channel, state and custom field, the longest threads, the most files, what agents opened, merged ones. */
export async function chooseTickets(context: Sampling, kept: Chosen): Promise<Chosen> {
  const { work, lookups } = context;
  const features = (record: Fields) => ticketFeatures(record, ticketOf(record), lookups);
  const pool = await poolOf(context, 'TICKET', features);
  const longest = await work.transaction(tx => withMostChildren(tx, work.lease.projectId, listingOf('MESSAGE'), longestThreads));
  const candidates = new Map(pool.candidates().map(each => [each.id, each]));
  const missing = longest.filter(id => !candidates.has(id));
  for (const { sourceId, raw } of await work.transaction(tx =>
    recordsByIds(tx, work.lease.projectId, listingOf('TICKET'), missing),
  ))
    candidates.set(sourceId, { id: sourceId, features: features(recordOf(raw)) });
  const judged = await withThreads(context, [...candidates.values()], longest);
  // Room is left for what chosen ones were merged into.
  return chooseCovering(judged, { least: 60, most: Math.max(0, maxTickets - 15 - kept.size) }, kept);
}

/** The candidates with the features of their messages. */
async function withThreads(
  { work, lookups }: Sampling,
  tickets: readonly Candidate[],
  longest: readonly string[],
): Promise<Candidate[]> {
  const files = new Map<string, number>();
  const judged: Candidate[] = [];
  for (let from = 0; from < tickets.length; from += 50) {
    const some = tickets.slice(from, from + 50);
    const logs = await work.transaction(tx =>
      childrenOf(
        tx,
        work.lease.projectId,
        listingOf('MESSAGE'),
        some.map(({ id }) => id),
      ),
    );
    const byTicket = Map.groupBy(logs, ({ parentId }) => parentId!);
    for (const { id, features } of some) {
      const thread = (byTicket.get(id) ?? [])
        .map(({ raw }) => recordOf(raw))
        .map(log => ({ message: messageOf(log), files: fileCountOf(log) }));
      thread.sort((a, b) => textOf(a.message.createdDate).localeCompare(textOf(b.message.createdDate)));
      files.set(id, fileCount(thread));
      judged.push({ id, features: [...features, ...threadFeatures(thread, lookups.users)] });
    }
    await yieldToEventLoop();
  }
  const richest = [...files]
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostFiles);
  const title = new Map<string, string[]>();
  const entitle = (id: string, what: string) => title.set(id, [...(title.get(id) ?? []), what]);
  for (const [index, id] of longest.entries()) entitle(id, `longest thread ${index + 1}`);
  for (const [index, [id]] of richest.entries()) entitle(id, `most files ${index + 1}`);
  return judged.map(each => ({ ...each, features: [...each.features, ...(title.get(each.id) ?? [])] }));
}

/** 50 to 100 contacts, those of the chosen tickets included, and all contacts that share an address with one. */
export async function chooseContacts(context: Sampling, kept: Chosen): Promise<Chosen> {
  const pool = await poolOf(context, 'CONTACT', record => contactFeatures(record, contactPointsOf(record)));
  const chosen = chooseCovering(pool.candidates(), { least: 50, most: 50 }, kept);
  const addresses = new Set<string>();
  for await (const records of staged(context, 'CONTACT'))
    for (const { id, record } of records) {
      const address = chosen.has(id) ? context.addressOf(record) : null;
      if (address) addresses.add(address);
    }
  for await (const records of staged(context, 'CONTACT'))
    for (const { id, record } of records) {
      if (chosen.has(id)) continue;
      const address = context.addressOf(record);
      if (address && addresses.has(address)) chosen.set(id, 'shares the address of a chosen contact');
    }
  return chosen;
}

export const chooseCompanies = async (context: Sampling, kept: Chosen) =>
  chooseCovering((await poolOf(context, 'COMPANY', commonFeatures)).candidates(), { least: 10, most: 20 }, kept);

export const chooseDeals = async (context: Sampling, kept: Chosen) =>
  chooseCovering((await poolOf(context, 'DEAL', commonFeatures)).candidates(), { least: 10, most: 20 }, kept);

export const chooseArticles = async (context: Sampling, kept: Chosen) =>
  chooseCovering(
    (await poolOf(context, 'ARTICLE', record => articleFeatures(record, articleOf(record)))).candidates(),
    { least: 8, most: Math.max(0, 10 - kept.size) },
    kept,
  );

/** Some calls that belong to no ticket. Calls of the chosen tickets move too. */
export async function chooseCalls(context: Sampling, kept: Chosen): Promise<Chosen> {
  const pool = new CandidatePool();
  for await (const records of staged(context, 'CALL'))
    for (const { id, record } of records) {
      const { ticketId, direction, disposition } = callOf(record);
      if (ticketId === null) pool.add({ id, features: [`call ${direction} ${disposition}`] });
    }
  const alone = chooseCovering(pool.candidates(), { least: 5, most: 10 });
  return new Map([...kept, ...[...alone].slice(0, 10)]);
}
