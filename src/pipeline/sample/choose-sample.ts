import type { RecordType } from '../../domain/model/record-type.js';
import { listingOf } from '../../domain/model/record-types.js';
import type { Chosen } from '../../domain/sample/choose.js';
import type { SampleRecord } from '../../domain/sample/sample.js';
import { addToSample, childrenAndReferences, referencesOf, sampleRecords } from '../../store/samples.js';
import { recordsReferringTo, stagedBatch } from '../../store/staged-records.js';
import {
  chooseArticles,
  chooseCalls,
  chooseCompanies,
  chooseContacts,
  chooseDeals,
  chooseTickets,
  maxTickets,
} from './choose-records.js';
import { filesOfSample } from './files-of-sample.js';
import type { Sampling } from './sampling.js';

/** Types that a SANDBOX run moves by sample. */
export const sampledTypes: readonly RecordType[] = [
  'TICKET',
  'MESSAGE',
  'CALL',
  'CONTACT',
  'COMPANY',
  'DEAL',
  'ARTICLE',
  'CATEGORY',
  'ATTACHMENT',
  'RECORDING',
];

const isParent = 'is referred to by another record of the sample';

/**
 * Chooses what a SANDBOX run moves: records that show every channel, custom field and oddity, and all that these refer to.
 * Records that were chosen before stay, because they are in the workspace.
 */
export async function chooseSample(context: Sampling): Promise<void> {
  const { work } = context;
  const { projectId } = work.lease;
  const earlier = Map.groupBy(await work.transaction(tx => sampleRecords(tx, projectId)), ({ listing }) => listing);
  const keptOf = (type: RecordType): Chosen =>
    new Map((earlier.get(listingOf(type)) ?? []).map(({ sourceId, reason }) => [sourceId, reason]));
  const chosen = new Map<RecordType, Chosen>(sampledTypes.map(type => [type, keptOf(type)]));
  const add = (type: RecordType, ids: Iterable<string>, reason = isParent) => {
    for (const id of ids) if (!chosen.get(type)!.has(id)) chosen.get(type)!.set(id, reason);
  };
  const addReferred = (refs: readonly string[], ...types: RecordType[]) => {
    for (const type of types) add(type, idsIn(refs, type));
  };
  const referencesFrom = (type: RecordType) =>
    work.transaction(tx => referencesOf(tx, projectId, listingOf(type), [...chosen.get(type)!.keys()]));

  chosen.set('TICKET', await chooseTickets(context, chosen.get('TICKET')!));
  const survivors = idsIn(await referencesFrom('TICKET'), 'TICKET');
  const room = Math.max(0, maxTickets - chosen.get('TICKET')!.size);
  add('TICKET', survivors.filter(id => !chosen.get('TICKET')!.has(id)).slice(0, room));
  const tickets = [...chosen.get('TICKET')!.keys()];
  addReferred(await referencesFrom('TICKET'), 'CONTACT', 'COMPANY');
  const messages = await work.transaction(tx => childrenAndReferences(tx, projectId, listingOf('MESSAGE'), tickets));
  add('MESSAGE', messages.ids);
  addReferred(messages.refs, 'CONTACT');
  const calls = await work.transaction(tx => recordsReferringTo(tx, projectId, listingOf('CALL'), listingOf('TICKET'), tickets));
  add(
    'CALL',
    calls.map(({ sourceId }) => sourceId),
  );
  chosen.set('CALL', await chooseCalls(context, chosen.get('CALL')!));
  add('RECORDING', chosen.get('CALL')!.keys());
  addReferred(await referencesFrom('CALL'), 'CONTACT');
  chosen.set('DEAL', await chooseDeals(context, chosen.get('DEAL')!));
  addReferred(await referencesFrom('DEAL'), 'CONTACT', 'COMPANY');
  chosen.set('CONTACT', await chooseContacts(context, await onlyStaged(context, 'CONTACT', chosen.get('CONTACT')!)));
  addReferred(await referencesFrom('CONTACT'), 'COMPANY');
  chosen.set('COMPANY', await chooseCompanies(context, await onlyStaged(context, 'COMPANY', chosen.get('COMPANY')!)));
  chosen.set('ARTICLE', await chooseArticles(context, chosen.get('ARTICLE')!));
  addReferred(await referencesFrom('ARTICLE'), 'CATEGORY');
  await addAncestors(chosen.get('CATEGORY')!, () => referencesFrom('CATEGORY'));
  chosen.set('CATEGORY', await onlyStaged(context, 'CATEGORY', chosen.get('CATEGORY')!));
  add('ATTACHMENT', await filesOfSample(context, { tickets, articles: [...chosen.get('ARTICLE')!.keys()] }));

  const records = [...chosen].flatMap(([type, ids]) =>
    [...ids].map(([sourceId, reason]): SampleRecord => ({ listing: listingOf(type), sourceId, reason })),
  );
  await work.fencedTransaction(tx => addToSample(tx, work.lease, records));
}

/** Ids of records of a type among references. */
function idsIn(refs: readonly string[], type: RecordType): string[] {
  const prefix = `${listingOf(type)}:`;
  return refs.filter(ref => ref.startsWith(prefix)).map(ref => ref.slice(prefix.length));
}

/** Categories up to the top of their tree. */
async function addAncestors(categories: Chosen, referred: () => Promise<string[]>): Promise<void> {
  for (let before = -1; before < categories.size; ) {
    before = categories.size;
    for (const id of idsIn(await referred(), 'CATEGORY')) if (!categories.has(id)) categories.set(id, isParent);
  }
}

/** References may name what the source does not have. */
async function onlyStaged({ work }: Sampling, type: RecordType, ids: Chosen): Promise<Chosen> {
  const staged = new Set<string>();
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => stagedBatch(tx, work.lease.projectId, listingOf(type), after, 1_000));
    for (const { sourceId } of batch) if (ids.has(sourceId)) staged.add(sourceId);
    if (batch.length < 1_000) break;
    after = batch.at(-1)!.sourceId;
  }
  return new Map([...ids].filter(([id]) => staged.has(id)));
}
