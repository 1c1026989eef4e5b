import { In } from 'typeorm';
import type { FieldMapping, MappingVersion, ProposedField, Suggestion } from '../domain/mapping/field-mapping.js';
import { mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import { keptJson } from '../domain/text/kept-text.js';
import { FieldMappingRow } from './entities/field-mapping-row.js';
import { MappingVersionRow } from './entities/mapping-version-row.js';
import { entityPagesOf, type List } from './pages.js';
import type { Tx } from './transaction.js';

const toVersion = ({ id, projectId, version, status, hash, confirmedBy, confirmedAt }: MappingVersionRow): MappingVersion => ({
  id,
  projectId,
  version,
  status,
  hash,
  confirmedBy,
  confirmedAt,
});

export const toField = ({
  organizationId: _o,
  mappingVersionId: _v,
  position: _p,
  mappingVersion: _m,
  ...field
}: FieldMappingRow): FieldMapping => field;

/** A field and its position in its mapping version. */
export interface ListedField {
  position: number;
  field: FieldMapping;
}

const kept = <T>(value: T): T => JSON.parse(keptJson(value)) as T;

/** Adds the next version as a draft. It supersedes an older draft. */
export async function insertMapping(
  tx: Tx,
  { projectId, organizationId, hash }: { projectId: string; organizationId: string; hash: string },
  fields: readonly ProposedField[],
): Promise<string> {
  await tx.manager.update(MappingVersionRow, { projectId, status: 'DRAFT' }, { status: 'SUPERSEDED' });
  const newest = await tx.manager.maximum(MappingVersionRow, 'version', { projectId });
  const { identifiers } = await tx.manager.insert(MappingVersionRow, {
    projectId,
    organizationId,
    hash,
    version: (newest ?? 0) + 1,
  });
  const mappingVersionId = identifiers[0]!.id as string;
  // The profile and the values contain foreign text.
  const rows = fields.map((field, position) => ({
    ...field,
    profile: kept(field.profile),
    losses: kept(field.losses),
    values: kept(field.values),
    mappingVersionId,
    organizationId,
    position,
  }));
  for (let from = 0; from < rows.length; from += 200) {
    await tx.manager.insert(FieldMappingRow, rows.slice(from, from + 200) as object[]);
  }
  return mappingVersionId;
}

export async function mappingById(tx: Tx, id: string): Promise<MappingVersion | null> {
  return (await mappingsById(tx, [id])).get(id) ?? null;
}

/** Locked until the transaction ends. */
export async function lockMapping(tx: Tx, id: string): Promise<MappingVersion | null> {
  const row = await tx.manager.findOne(MappingVersionRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
  return row && toVersion(row);
}

/** The newest version. */
export async function newestMapping(tx: Tx, projectId: string): Promise<MappingVersion | null> {
  return (await mappingsOf(tx, [projectId], null)).get(projectId) ?? null;
}

/** The newest version of each project, or the given one, by project id. */
export async function mappingsOf(
  tx: Tx,
  projectIds: readonly string[],
  version: number | null,
): Promise<Map<string, MappingVersion>> {
  const query = tx.manager
    .createQueryBuilder(MappingVersionRow, 'mapping')
    .distinctOn(['mapping.project_id'])
    .where('mapping.project_id = ANY(:projectIds)', { projectIds });
  if (version !== null) query.andWhere('mapping.version = :version', { version });
  const rows = await query.orderBy('mapping.project_id').addOrderBy('mapping.version', 'DESC').getMany();
  return new Map(rows.map(row => [row.projectId, toVersion(row)]));
}

/** By the project's id. */
export async function confirmedMappings(tx: Tx, projectIds: readonly string[]): Promise<Map<string, MappingVersion>> {
  const rows = await tx.manager.findBy(MappingVersionRow, { projectId: In([...projectIds]), status: 'CONFIRMED' });
  return new Map(rows.map(row => [row.projectId, toVersion(row)]));
}

/** By their ids. */
export async function mappingsById(tx: Tx, ids: readonly string[]): Promise<Map<string, MappingVersion>> {
  const rows = await tx.manager.findBy(MappingVersionRow, { id: In([...ids]) });
  return new Map(rows.map(row => [row.id, toVersion(row)]));
}

export async function confirmedMapping(tx: Tx, projectId: string): Promise<MappingVersion | null> {
  const row = await tx.manager.findOneBy(MappingVersionRow, { projectId, status: 'CONFIRMED' });
  return row && toVersion(row);
}

export async function fieldsOfMapping(tx: Tx, mappingVersionId: string): Promise<FieldMapping[]> {
  return (await tx.manager.find(FieldMappingRow, { where: { mappingVersionId }, order: { position: 'ASC' } })).map(toField);
}

/** The versions of the mapping of a project, from the first. */
export const versionList: List = {
  rows: 'SELECT m.id, m.version AS position FROM landfall.mapping_versions m WHERE m.project_id = parent.id',
  parameters: [],
  order: 'POSITION',
};

/** A page of the versions of each project. */
export async function pagesOfVersions(
  tx: Tx,
  projectIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<MappingVersion>[]> {
  const pages = await entityPagesOf(tx, MappingVersionRow, versionList, projectIds, window);
  return pages.map(page => mapItems(page, toVersion));
}

/** The fields of a mapping in their order; of one record type, or all. */
export const fieldList = (recordType: RecordType | null): List => ({
  rows: `SELECT f.id, f.position FROM landfall.field_mappings f
     WHERE f.mapping_version_id = parent.id AND ($2::text IS NULL OR f.record_type = $2)`,
  parameters: [recordType],
  order: 'POSITION',
});

/** A page of the fields of each mapping. */
export async function pagesOfFields(
  tx: Tx,
  list: List,
  mappingVersionIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<ListedField>[]> {
  const pages = await entityPagesOf(tx, FieldMappingRow, list, mappingVersionIds, window);
  return pages.map(page => mapItems(page, row => ({ position: row.position, field: toField(row) })));
}

export async function fieldById(tx: Tx, id: string): Promise<{ field: FieldMapping; mappingVersionId: string } | null> {
  const row = await tx.manager.findOneBy(FieldMappingRow, { id });
  return row && { field: toField(row), mappingVersionId: row.mappingVersionId };
}

/** Saves edited fields of a draft, and its new hash. */
export async function saveFields(tx: Tx, mappingVersionId: string, fields: readonly FieldMapping[], hash: string): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.field_mappings f SET action = g.action, target_path = g.target_path, attribute_type = g.attribute_type,
       ignore_reason = g.ignore_reason, default_value = g.default_value, value_mappings = g.value_mappings::jsonb
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS g (id, action, target_path, attribute_type, ignore_reason, default_value, value_mappings)
     WHERE f.id = g.id AND f.mapping_version_id = $1`,
    [
      mappingVersionId,
      fields.map(each => each.id),
      fields.map(each => each.action),
      fields.map(each => each.targetPath),
      fields.map(each => each.attributeType),
      fields.map(each => each.ignoreReason),
      fields.map(each => each.defaultValue),
      fields.map(each => JSON.stringify(each.values)),
    ],
  );
  await tx.manager.update(MappingVersionRow, { id: mappingVersionId }, { hash });
}

/** The version of the first of these fields that exists. */
export async function versionOfFields(tx: Tx, fieldIds: readonly string[]): Promise<string | null> {
  const [row] = await tx.manager.query<{ id: string }[]>(
    'SELECT mapping_version_id AS id FROM landfall.field_mappings WHERE id = ANY($1) ORDER BY array_position($1, id) LIMIT 1',
    [fieldIds],
  );
  return row?.id ?? null;
}

/** Confirms a draft. It supersedes the previous confirmed version. */
export async function freezeMapping(tx: Tx, { id, projectId }: MappingVersion, confirmedBy: string): Promise<void> {
  await tx.manager.update(MappingVersionRow, { projectId, status: 'CONFIRMED' }, { status: 'SUPERSEDED' });
  await tx.manager.update(
    MappingVersionRow,
    { id },
    { status: 'CONFIRMED', confirmedBy, confirmedAt: () => 'clock_timestamp()' },
  );
}

/** Adds suggestions to fields of a draft, by type and path. A version that was confirmed meanwhile stays as it is. */
export async function saveSuggestions(
  tx: Tx,
  mappingVersionId: string,
  suggestions: readonly (Pick<FieldMapping, 'recordType' | 'sourcePath'> & Suggestion)[],
): Promise<void> {
  const version = await lockMapping(tx, mappingVersionId);
  if (version?.status !== 'DRAFT') return;
  for (const { recordType, sourcePath, ...suggestion } of suggestions)
    await tx.manager.update(FieldMappingRow, { mappingVersionId, recordType, sourcePath }, suggestion);
}
