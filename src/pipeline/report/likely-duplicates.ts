import { companyCriteria, contactCriteria } from '../../domain/duplicates/criteria.js';
import type { DuplicateGroup, DuplicateType, ListedGroup } from '../../domain/duplicates/duplicate-group.js';
import { findGroups } from '../../domain/duplicates/find-groups.js';
import { type ContactTargets, proposedTargets } from '../../domain/mapping/contact-address.js';
import { type Fields, recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { trimmed } from '../../domain/text/visible-text.js';
import { accountLocale } from '../../store/account-locale.js';
import { saveDuplicateGroups } from '../../store/duplicate-groups.js';
import { stagedPages } from '../../store/staged-pages.js';
import { recordsByIds } from '../../store/staged-records.js';
import { keepTable, type Reporting } from './write-documents.js';

const columns = 'group outcome reason record_type records source_id record'.split(' ');
/** Groups whose records are read together; each names at most 100. */
const batchSize = 20;
const longestLabel = 300;

/** Contacts and companies that the load makes one of, or that only look alike: as rows for the API and as a table. */
export async function writeDuplicates(context: Reporting): Promise<void> {
  const { country } = await context.work.transaction(tx => accountLocale(tx, context.work.lease.projectId));
  const mapped = context.fields.filter(({ recordType }) => recordType === 'CONTACT');
  const targets: ContactTargets = mapped.length === 0 ? proposedTargets : new Map(mapped.map(each => [each.sourcePath, each]));
  const found: DuplicateGroup[] = [];
  for (const [type, criteria] of [
    ['CONTACT', contactCriteria(targets, country)],
    ['COMPANY', companyCriteria],
  ] as const) {
    for await (const group of findGroups(type, criteria, () => stagedPages(context, listingOf(type)))) found.push(group);
  }
  const groups = await labelled(context, found);
  await saveDuplicateGroups(context.work, groups);
  await keepTable(
    context,
    { kind: 'REPORT_DATA', name: 'likely-duplicates.csv', title: context.texts.tables.duplicates },
    columns,
    rowsOf(groups),
  );
}

function* rowsOf(groups: readonly ListedGroup[]) {
  for (const { position, outcome, reason, recordType, size, sourceIds, labels } of groups)
    for (const [index, id] of sourceIds.entries()) yield [position, outcome, reason, recordType, size, id, labels[index]!];
}

async function labelled(context: Reporting, groups: readonly DuplicateGroup[]): Promise<ListedGroup[]> {
  const listed: ListedGroup[] = [];
  for (let from = 0; from < groups.length; from += batchSize) {
    context.work.checkHalt();
    const batch = groups.slice(from, from + batchSize);
    const labels = new Map<string, string>();
    for (const type of ['CONTACT', 'COMPANY'] as const) {
      const ids = batch.filter(({ recordType }) => recordType === type).flatMap(({ sourceIds }) => sourceIds);
      for (const [id, label] of await labelsOf(context, type, ids)) labels.set(`${type} ${id}`, label);
    }
    for (const [index, group] of batch.entries()) {
      const own = group.sourceIds.map(id => labels.get(`${group.recordType} ${id}`) ?? '');
      listed.push({ ...group, position: from + index + 1, labels: own });
    }
  }
  return listed;
}

async function labelsOf(context: Reporting, type: DuplicateType, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const records = await context.work.transaction(tx => recordsByIds(tx, context.work.lease.projectId, listingOf(type), ids));
  return new Map(records.map(({ sourceId, raw }) => [sourceId, labelOf(recordOf(raw))]));
}

/** Name, addresses and number in one line. */
function labelOf({ fullName, firstName, lastName, name, email, website, phone }: Fields): string {
  const person = textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ');
  const parts = [person || textOf(name), textOf(email), textOf(website), textOf(phone)];
  return parts.map(trimmed).filter(Boolean).join(', ').replace(/\s/g, ' ').slice(0, longestLabel);
}
