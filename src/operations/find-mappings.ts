import type { FieldMapping, MappingVersion } from '../domain/mapping/field-mapping.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import {
  fieldById,
  fieldList,
  type ListedField,
  mappingById,
  mappingsById,
  mappingsOf,
  pagesOfFields,
  pagesOfVersions,
  versionList,
} from '../store/mappings.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { fieldCursor, type PageRequest, readPage, versionCursor } from './cursor.js';

/** The newest version of each project, or the version with this number. */
export async function findMappings(
  context: OperationContext,
  projectIds: readonly string[],
  version: number | null,
): Promise<(MappingVersion | null)[]> {
  const mappings = await within(context, tx => mappingsOf(tx, projectIds, version));
  return projectIds.map(id => mappings.get(id) ?? null);
}

/** A page of the versions of each project, from the first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listMappings(
  context: OperationContext,
  projectIds: readonly string[],
  page: PageRequest,
): Promise<Page<MappingVersion>[]> {
  const window = readPage(page, versionCursor);
  return countedPages(context, versionList, projectIds, tx => pagesOfVersions(tx, projectIds, window));
}

/** @param ids ids of rows */
export async function findMappingsById(context: OperationContext, ids: readonly string[]): Promise<(MappingVersion | null)[]> {
  const mappings = await within(context, tx => mappingsById(tx, ids));
  return ids.map(id => mappings.get(id) ?? null);
}

/** @throws UserError MALFORMED_ID */
export async function findMapping(context: OperationContext, id: string): Promise<MappingVersion | null> {
  const uuid = uuidOf('MappingVersion', id);
  return uuid === null ? null : within(context, tx => mappingById(tx, uuid));
}

/** A page of each mapping version. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listFields(
  context: OperationContext,
  mappingVersionIds: readonly string[],
  { recordType, ...page }: PageRequest & { recordType: RecordType | null },
): Promise<Page<ListedField>[]> {
  const window = readPage(page, fieldCursor);
  const list = fieldList(recordType);
  return countedPages(context, list, mappingVersionIds, tx => pagesOfFields(tx, list, mappingVersionIds, window));
}

/** @throws UserError MALFORMED_ID */
export async function findField(context: OperationContext, id: string): Promise<FieldMapping | null> {
  const uuid = uuidOf('FieldMapping', id);
  return uuid === null ? null : within(context, async tx => (await fieldById(tx, uuid))?.field ?? null);
}
