import { In } from 'typeorm';
import type { FieldMapping } from '../domain/mapping/field-mapping.js';
import { FieldMappingRow } from './entities/field-mapping-row.js';
import { toField } from './mappings.js';
import type { Tx } from './transaction.js';

export type Target = Pick<FieldMapping, 'id' | 'recordType' | 'targetPath'>;

/** Each of these fields, and the targets of the other fields of its version, in two statements. */
export async function targetsBeside(
  tx: Tx,
  fieldIds: readonly string[],
): Promise<Map<string, { field: FieldMapping; others: Target[] }>> {
  const fields = await tx.manager.findBy(FieldMappingRow, { id: In([...fieldIds]) });
  const versions = [...new Set(fields.map(field => field.mappingVersionId))];
  const targets = await tx.manager.find(FieldMappingRow, {
    where: { mappingVersionId: In(versions) },
    select: { id: true, mappingVersionId: true, recordType: true, targetPath: true },
  });
  const byVersion = Map.groupBy(targets, target => target.mappingVersionId);
  return new Map(
    fields.map(row => {
      const others = byVersion.get(row.mappingVersionId)!.filter(({ id }) => id !== row.id);
      return [row.id, { field: toField(row), others }];
    }),
  );
}
