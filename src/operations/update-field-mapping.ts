import type { FieldMapping, MappingVersion } from '../domain/mapping/field-mapping.js';
import { edited, type FieldEdit, mappingHash } from '../domain/mapping/rules.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { fieldById, fieldsOfMapping, lockMapping, mappingById, saveFields } from '../store/mappings.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { requireUnarchived } from './require-unarchived.js';

/** The edit of one field. */
export interface FieldMappingEdit extends FieldEdit {
  fieldMappingId: string;
}

export interface UpdateFieldMappingInput extends FieldMappingEdit {
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

const path = ['input', 'fieldMappingId'];

/**
 * Edits one field of a draft.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, MAPPING_FROZEN, INVALID_INPUT, and those of `edited`
 */
export async function updateFieldMapping(context: OperationContext, input: UpdateFieldMappingInput): Promise<MappingAnswer> {
  requirePermission(context.principal, 'updateFieldMapping');
  const uuid = checkEdit(input);
  const { mappingId, staleHash } = await once(context, 'updateFieldMapping', input, async tx => {
    const found = uuid && (await fieldById(tx, uuid));
    if (!found) throw new UserError('NOT_FOUND', 'Name a field mapping that exists.', { path });
    const version = await lockDraft(tx, found.mappingVersionId, path);
    if (input.expectedHash && input.expectedHash !== version.hash) return { mappingId: version.id, staleHash: version.hash };
    const fields = await fieldsOfMapping(tx, version.id);
    const field = editedIn(fields, uuid, input);
    await saveFields(tx, version.id, [field], mappingHash(withField(fields, field)));
    return { mappingId: version.id, staleHash: null };
  });
  const mapping = (await within(context, tx => mappingById(tx, mappingId)))!;
  return { mapping, stale: staleHash === null ? null : staleMapping(staleHash) };
}

/** @throws UserError PROJECT_ARCHIVED, MAPPING_FROZEN */
export async function lockDraft(tx: Tx, mappingVersionId: string, at: readonly string[]): Promise<MappingVersion> {
  const version = (await lockMapping(tx, mappingVersionId))!;
  await requireUnarchived(tx, [version.projectId], at);
  if (version.status === 'DRAFT') return version;
  throw new UserError('MAPPING_FROZEN', 'Propose a new version: this one is no longer a draft.', { path: at });
}

/** The field with this id after an edit. @throws UserError NOT_FOUND, and those of `edited` */
export function editedIn(fields: readonly FieldMapping[], id: string | null, edit: FieldEdit): FieldMapping {
  const field = fields.find(each => each.id === id);
  if (!field) throw new UserError('NOT_FOUND', 'Name fields of one mapping version.', { path });
  return edited(
    field,
    edit,
    fields.filter(each => each !== field),
  );
}

export const withField = (fields: readonly FieldMapping[], field: FieldMapping): FieldMapping[] =>
  fields.map(each => (each.id === field.id ? field : each));

/** @returns the uuid of the field; null for an id of something else. @throws UserError INVALID_INPUT, MALFORMED_ID */
export function checkEdit({ fieldMappingId, targetPath, ignoreReason, defaultValue, values }: FieldMappingEdit): string | null {
  const check = new InputCheck();
  check.optionalText('targetPath', targetPath, 300);
  check.optionalText('ignoreReason', ignoreReason, 1_000);
  check.optionalText('defaultValue', defaultValue, 255);
  for (const { from, to } of values ?? []) {
    check.text('values', from, 255);
    check.optionalText('values', to, 255);
  }
  check.done();
  return uuidOf('FieldMapping', fieldMappingId, path);
}
