import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { CustomFieldDefinition } from '../domain/mapping/custom-field-definition.js';
import { mappedTypes } from '../domain/mapping/field-mapping.js';
import { MappingProposal } from '../domain/mapping/propose.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import { keptName } from '../domain/model/record-gate.js';
import { definitionListings, detailListings, listingOf, taggedListings } from '../domain/model/record-types.js';
import { definitionOf } from '../sources/shapes.js';
import { accountLocale } from '../store/account-locale.js';
import { readPipelines } from '../store/lookups.js';
import { stagedRecords, tagCounts } from '../store/staged-records.js';
import type { Tx } from '../store/transaction.js';

/** Number of records after which other work gets a turn. */
const batchSize = 500;

/** Reads every staged record of the mapped types into a proposal. */
export async function readFields(tx: Tx, projectId: string): Promise<MappingProposal> {
  const { timeZone, country } = await accountLocale(tx, projectId);
  const proposal = new MappingProposal(await definitionsOf(tx, projectId), timeZone, country, await readPipelines(tx, projectId));
  let seen = 0;
  const each = async (listing: string, add: (record: Fields) => void) => {
    for await (const { raw } of stagedRecords(tx, projectId, listing)) {
      const record: unknown = recordOf(raw);
      if (typeof record === 'object' && record !== null) add(record as Fields);
      if (++seen % batchSize === 0) await yieldToEventLoop();
    }
  };
  for (const type of mappedTypes.filter(type => type !== 'TAG'))
    await each(listingOf(type), record => proposal.add(type, record));
  await each(detailListings.EMAIL, record => proposal.addEmail(record));
  for (const { tag, count } of await tagCounts(tx, projectId, taggedListings)) proposal.addTag(tag, count);
  return proposal;
}

async function definitionsOf(tx: Tx, projectId: string): Promise<CustomFieldDefinition[]> {
  const definitions: CustomFieldDefinition[] = [];
  for (const [listing, recordType] of definitionListings) {
    for await (const { raw } of stagedRecords(tx, projectId, listing)) {
      const definition = definitionOf(recordOf(raw));
      if (definition) definitions.push({ ...definition, recordType, label: keptName(definition.label) });
    }
  }
  return definitions;
}
