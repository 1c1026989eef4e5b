import type { MappingVersion } from '../domain/mapping/field-mapping.js';
import { edited, type FieldEdit, mappingHash } from '../domain/mapping/rules.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { fieldById, fieldsOfMapping, lockMapping, mappingById, saveField } from '../store/mappings.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';

export interface UpdateFieldMappingInput extends FieldEdit {
  fieldMappingId: string;
  expectedHash?: string | null;
  idempotencyKey?: string | null;
}

/** Result of an edit: the current version, and the error of a stale edit. */
export interface MappingAnswer {
  mapping: MappingVersion;
  stale: UserError | null;
}

export const staleMapping = (hash: string) =>
  new UserError('STALE_MAPPING', `Read the mapping again: it has changed, and its hash is now ${hash}.`, {
    path: ['input', 'expectedHash'],
  });

/**
 * Edits one field of a draft.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, MAPPING_FROZEN, INVALID_INPUT, and those of `edited`
 */
export async function updateFieldMapping(context: OperationContext, input: UpdateFieldMappingInput): Promise<MappingAnswer> {
  requirePermission(context.principal, 'updateFieldMapping');
  checkTexts(input);
  const path = ['input', 'fieldMappingId'];
  const uuid = uuidOf('FieldMapping', input.fieldMappingId, path);
  const { mappingId, staleHash } = await once(context, 'updateFieldMapping', input, async tx => {
    const found = uuid && (await fieldById(tx, uuid));
    if (!found) throw new UserError('NOT_FOUND', 'Name a field mapping that exists.', { path });
    const version = (await lockMapping(tx, found.mappingVersionId))!;
    if (version.status !== 'DRAFT')
      throw new UserError('MAPPING_FROZEN', 'Propose a new version: this one is no longer a draft.', { path });
    if (input.expectedHash && input.expectedHash !== version.hash) return { mappingId: version.id, staleHash: version.hash };
    const fields = await fieldsOfMapping(tx, version.id);
    const others = fields.filter(field => field.id !== uuid);
    const field = edited(fields.find(each => each.id === uuid)!, input, others);
    await saveField(tx, version.id, field, mappingHash([...others, field]));
    return { mappingId: version.id, staleHash: null };
  });
  const mapping = (await within(context, tx => mappingById(tx, mappingId)))!;
  return { mapping, stale: staleHash === null ? null : staleMapping(staleHash) };
}

function checkTexts({ targetPath, ignoreReason, defaultValue, values }: UpdateFieldMappingInput): void {
  const check = new InputCheck();
  check.optionalText('targetPath', targetPath, 300);
  check.optionalText('ignoreReason', ignoreReason, 1_000);
  check.optionalText('defaultValue', defaultValue, 255);
  for (const { from, to } of values ?? []) {
    check.text('values', from, 255);
    check.optionalText('values', to, 255);
  }
  check.done();
}
