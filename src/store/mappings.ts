import type { FieldMapping, MappingVersion, ProposedField } from '../domain/mapping/field-mapping.js';
import type { RecordType } from '../domain/record-type.js';
import { FieldMappingRow } from './entities/field-mapping-row.js';
import { MappingVersionRow } from './entities/mapping-version-row.js';
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

const toField = ({
  organizationId: _o,
  mappingVersionId: _v,
  position: _p,
  mappingVersion: _m,
  ...field
}: FieldMappingRow): FieldMapping => field;

/** A page of fields, and the position behind which the next one begins. */
export interface FieldPage {
  items: { position: number; field: FieldMapping }[];
  hasNextPage: boolean;
}

/** Adds the next version, as a draft; an older draft is superseded by it. */
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
  const rows = fields.map((field, position) => ({ ...field, mappingVersionId, organizationId, position }));
  for (let from = 0; from < rows.length; from += 200) {
    await tx.manager.insert(FieldMappingRow, rows.slice(from, from + 200) as object[]);
  }
  return mappingVersionId;
}

export async function mappingById(tx: Tx, id: string): Promise<MappingVersion | null> {
  const row = await tx.manager.findOneBy(MappingVersionRow, { id });
  return row && toVersion(row);
}

/** Locked until the transaction ends. */
export async function lockMapping(tx: Tx, id: string): Promise<MappingVersion | null> {
  const row = await tx.manager.findOne(MappingVersionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  return row && toVersion(row);
}

/** The newest version, or the one named. */
export async function mappingOf(tx: Tx, projectId: string, version: number | null): Promise<MappingVersion | null> {
  const where = version === null ? { projectId } : { projectId, version };
  const row = await tx.manager.findOne(MappingVersionRow, { where, order: { version: 'DESC' } });
  return row && toVersion(row);
}

export async function confirmedMapping(tx: Tx, projectId: string): Promise<MappingVersion | null> {
  const row = await tx.manager.findOneBy(MappingVersionRow, { projectId, status: 'CONFIRMED' });
  return row && toVersion(row);
}

export async function fieldsOfMapping(tx: Tx, mappingVersionId: string): Promise<FieldMapping[]> {
  return (await tx.manager.find(FieldMappingRow, { where: { mappingVersionId }, order: { position: 'ASC' } })).map(toField);
}

export async function pageOfFields(
  tx: Tx,
  mappingVersionId: string,
  recordType: RecordType | null,
  first: number,
  afterPosition: number,
): Promise<FieldPage> {
  const query = tx.manager
    .createQueryBuilder(FieldMappingRow, 'field')
    .where('field.mapping_version_id = :mappingVersionId AND field.position > :afterPosition', {
      mappingVersionId,
      afterPosition,
    });
  if (recordType) query.andWhere('field.record_type = :recordType', { recordType });
  const rows = await query
    .orderBy('field.position')
    .limit(first + 1)
    .getMany();
  const items = rows.slice(0, first).map(row => ({ position: row.position, field: toField(row) }));
  return { items, hasNextPage: rows.length > first };
}

export async function fieldById(tx: Tx, id: string): Promise<{ field: FieldMapping; mappingVersionId: string } | null> {
  const row = await tx.manager.findOneBy(FieldMappingRow, { id });
  return row && { field: toField(row), mappingVersionId: row.mappingVersionId };
}

export async function saveField(tx: Tx, mappingVersionId: string, { id, ...field }: FieldMapping, hash: string): Promise<void> {
  const { action, targetPath, attributeType, ignoreReason, values } = field;
  await tx.manager.update(
    FieldMappingRow,
    { id },
    { action, targetPath, attributeType, ignoreReason, values: values as object[] },
  );
  await tx.manager.update(MappingVersionRow, { id: mappingVersionId }, { hash });
}

/** Freezes a draft; what was confirmed before is superseded. */
export async function freezeMapping(tx: Tx, { id, projectId }: MappingVersion, confirmedBy: string): Promise<void> {
  await tx.manager.update(MappingVersionRow, { projectId, status: 'CONFIRMED' }, { status: 'SUPERSEDED' });
  await tx.manager.update(
    MappingVersionRow,
    { id },
    { status: 'CONFIRMED', confirmedBy, confirmedAt: () => 'clock_timestamp()' },
  );
}
