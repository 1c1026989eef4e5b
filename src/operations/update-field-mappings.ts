import type { FieldMapping, MappingVersion } from '../domain/mapping/field-mapping.js';
import { mappingHash } from '../domain/mapping/rules.js';
import { UserError } from '../domain/model/errors.js';
import { fieldsOfMapping, mappingById, saveFields, versionOfFields } from '../store/mappings.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { type Attempt, attemptEach, checkItems, onceForEach, thenEach, valuesOf } from './once-for-each.js';
import { checkEdit, editedIn, type FieldMappingEdit, lockDraft, staleMapping, withField } from './update-field-mapping.js';

export interface UpdateFieldMappingsInput {
  items: readonly FieldMappingEdit[];
  expectedHash?: string | null;
  idempotencyKey?: string | null;
}

/** The version after the edits; null if no field exists. `stale`: nothing was edited. */
export interface EditsAnswer {
  mapping: MappingVersion | null;
  results: Attempt<FieldMapping>[];
  stale: UserError | null;
}

/** Thrown out of the transaction, because a stale edit does not use up its key. */
class Stale extends Error {
  constructor(readonly version: MappingVersion) {
    super('The mapping has changed.');
  }
}

/**
 * `updateFieldMapping` for up to 100 fields of one draft. Each item has its own result, and sees the edits before it.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MAPPING_FROZEN
 */
export async function updateFieldMappings(context: OperationContext, input: UpdateFieldMappingsInput): Promise<EditsAnswer> {
  requirePermission(context.principal, 'updateFieldMapping');
  checkItems(input.items);
  try {
    const results = await onceForEach(context, 'updateFieldMappings', { ...input }, async tx => {
      const edits = attemptEach(input.items, edit => ({ uuid: checkEdit(edit), edit }));
      const ids = valuesOf(edits).flatMap(({ uuid }) => uuid ?? []);
      const versionId = await versionOfFields(tx, ids);
      const version = versionId === null ? null : await lockDraft(tx, versionId, ['input', 'items']);
      if (version && input.expectedHash && input.expectedHash !== version.hash) throw new Stale(version);
      let fields = version ? await fieldsOfMapping(tx, version.id) : [];
      const done = thenEach(edits, ({ uuid, edit }) => {
        const field = editedIn(fields, uuid, edit);
        fields = withField(fields, field);
        return { fieldId: field.id };
      });
      const changed = new Set(valuesOf(done).map(({ fieldId }) => fieldId));
      const some = fields.filter(({ id }) => changed.has(id));
      if (version && some.length > 0) await saveFields(tx, version.id, some, mappingHash(fields));
      return thenEach(done, ({ fieldId }) => ({ fieldId, mappingId: versionId! }));
    });
    const mappingId = valuesOf(results)[0]?.mappingId ?? null;
    return await within(context, async tx => {
      const mapping = mappingId === null ? null : await mappingById(tx, mappingId);
      const fields = new Map((mappingId === null ? [] : await fieldsOfMapping(tx, mappingId)).map(field => [field.id, field]));
      return { mapping, results: thenEach(results, ({ fieldId }) => fields.get(fieldId)!), stale: null };
    });
  } catch (error) {
    if (error instanceof Stale) return { mapping: error.version, results: [], stale: staleMapping(error.version.hash) };
    throw error;
  }
}
