import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.js';
import { UserError } from '../model/errors.js';
import { ownEntry } from '../model/own-entry.js';
import { isLegalName } from './attribute-names.js';
import { attributeOf, ownAttributes } from './attributes.js';
import { chooseAttribute, sameNames } from './choose-attribute.js';
import { problemOfDefault } from './default-value.js';
import { replacesValues } from './enumerations.js';
import type { FieldMapping, FieldMappingAction, MappedType, ProposedField, ValueMapping } from './field-mapping.js';
import { modelOf, sharedTargets, standardFields, targetsOf } from './standard-fields.js';

/** Digest of all decisions of a mapping: hex SHA-256. */
export function mappingHash(fields: readonly ProposedField[]): string {
  const decided = fields
    .map(({ recordType, sourcePath, action, targetPath, attributeType, ignoreReason, defaultValue, values }) => ({
      recordType,
      sourcePath,
      action,
      targetPath,
      attributeType: action === 'IGNORE' ? null : attributeType,
      ignoreReason,
      // Versions without defaults keep the hash that they had before there were any.
      ...(defaultValue === null ? {} : { defaultValue }),
      values: values.map(({ from, to }) => ({ from, to })),
    }))
    .sort((a, b) => (a.recordType + a.sourcePath < b.recordType + b.sourcePath ? -1 : 1));
  return createHash('sha256').update(canonicalJson(decided)).digest('hex');
}

export interface FieldEdit {
  action: FieldMappingAction;
  targetPath?: string | null;
  ignoreReason?: string | null;
  /** Absent: it stays. null or '': none. */
  defaultValue?: string | null;
  values?: readonly { from: string; to?: string | null }[] | null;
}

const refuse = (
  code: 'MAPPING_CONTRADICTION' | 'TARGET_UNKNOWN' | 'TARGET_TAKEN' | 'ATTRIBUTE_NAME_ILLEGAL' | 'FIELD_REQUIRED',
  message: string,
  field: string,
) => new UserError(code, message, { path: ['input', field] });

/**
 * A field after an edit.
 * @param others the other fields of the version
 * @throws UserError MAPPING_CONTRADICTION, TARGET_UNKNOWN, TARGET_TAKEN, ATTRIBUTE_NAME_ILLEGAL, FIELD_REQUIRED
 */
export function edited(field: FieldMapping, edit: FieldEdit, others: readonly FieldMapping[]): FieldMapping {
  const { action } = edit;
  const targetPath = edit.targetPath?.trim() || null;
  const ignoreReason = edit.ignoreReason?.trim() || null;
  const standard = ownEntry(standardFields[field.recordType], field.sourcePath);
  if ((action === 'IGNORE' || action === 'UNDECIDED') && standard && 'required' in standard) {
    throw refuse('FIELD_REQUIRED', `Map ${field.sourcePath}: the record cannot be found again without it.`, 'action');
  }
  if (action !== 'IGNORE' && ignoreReason)
    throw refuse('MAPPING_CONTRADICTION', 'Give an ignoreReason only with IGNORE.', 'ignoreReason');
  if (action === 'IGNORE' || action === 'UNDECIDED') {
    if (targetPath) throw refuse('MAPPING_CONTRADICTION', `Leave out targetPath: ${action} has none.`, 'targetPath');
    if (action === 'IGNORE' && !ignoreReason)
      throw refuse('MAPPING_CONTRADICTION', 'Give an ignoreReason: IGNORE needs one.', 'ignoreReason');
    if (action === 'UNDECIDED' && !field.proposedTarget) {
      throw refuse('MAPPING_CONTRADICTION', 'Map the field or ignore it: it cannot become an attribute.', 'action');
    }
    if (edit.values?.length) throw refuse('MAPPING_CONTRADICTION', `Leave out values: ${action} has none.`, 'values');
    if (edit.defaultValue) throw refuse('MAPPING_CONTRADICTION', `Leave out defaultValue: ${action} has none.`, 'defaultValue');
    return { ...field, action, targetPath: null, ignoreReason, defaultValue: null, values: field.values };
  }
  if (action === 'MAP' && !targetPath) throw refuse('MAPPING_CONTRADICTION', 'Give a targetPath: MAP needs one.', 'targetPath');
  const chosen = field.action === 'UNDECIDED' && !targetPath ? chooseAttribute(field, others) : null;
  const target = targetPath ?? chosen?.targetPath ?? field.proposedTarget;
  if (!target)
    throw refuse(
      'MAPPING_CONTRADICTION',
      `Map it to one of ${targetsOf(field.recordType).join(', ')}: the field cannot become an attribute.`,
      'action',
    );
  checkTarget(field.recordType, action, target);
  checkFree(field, target, others);
  if (edit.values?.length && !replacesValues(field.recordType))
    throw refuse('MAPPING_CONTRADICTION', `Leave out values: those of ${field.recordType} are not replaced.`, 'values');
  const values = edit.values ? editedValues(field.values, edit.values) : field.values;
  const next: FieldMapping = {
    ...field,
    action,
    targetPath: target,
    attributeType: attributeOf(target) ? (chosen?.attributeType ?? field.attributeType ?? 'string') : field.attributeType,
    ignoreReason: null,
    defaultValue: edit.defaultValue === undefined ? field.defaultValue : edit.defaultValue?.trim() || null,
    values,
  };
  const problem = problemOfDefault(next);
  if (problem) throw refuse('MAPPING_CONTRADICTION', problem, 'defaultValue');
  return next;
}

function checkTarget(type: MappedType, action: FieldMappingAction, target: string): void {
  const attribute = attributeOf(target);
  const model = modelOf(type);
  if (attribute) {
    if (attribute.model !== model) {
      throw refuse(
        'TARGET_UNKNOWN',
        model ? `Use ${model}.custom_attributes.<name>.` : `Fields of ${type} have no attributes.`,
        'targetPath',
      );
    }
    if (!isLegalName(attribute.name)) {
      throw refuse('ATTRIBUTE_NAME_ILLEGAL', 'Use at most 100 letters, digits, spaces, underscores and hyphens.', 'targetPath');
    }
    return;
  }
  if (action === 'CREATE_ATTRIBUTE')
    throw refuse('MAPPING_CONTRADICTION', 'Give the path of an attribute: CREATE_ATTRIBUTE creates one.', 'targetPath');
  const known = targetsOf(type);
  if (!known.includes(target))
    throw refuse(
      'TARGET_UNKNOWN',
      `Use one of ${known.join(', ')}${model ? `, or ${model}.custom_attributes.<name>` : ''}.`,
      'targetPath',
    );
}

/** Compares names of attributes as Intercom does: contacts and companies share one set of names. */
function checkFree(field: FieldMapping, target: string, others: readonly FieldMapping[]): void {
  const attribute = attributeOf(target);
  if (!attribute) {
    const taken = others.find(each => each.recordType === field.recordType && each.targetPath === target);
    if (taken && !sharedTargets.has(target))
      throw refuse('TARGET_TAKEN', `Choose another target: ${taken.sourcePath} is mapped to this one.`, 'targetPath');
    return;
  }
  const isOwn = ownAttributes.some(
    own => sameNames(own.model, attribute.model) && own.name.toLowerCase() === attribute.name.toLowerCase(),
  );
  const taken = others.find(each => {
    const other = attributeOf(each.targetPath);
    return other && sameNames(other.model, attribute.model) && other.name.toLowerCase() === attribute.name.toLowerCase();
  });
  if (isOwn || taken) {
    throw refuse(
      'TARGET_TAKEN',
      `Choose another name: ${taken ? `${taken.recordType} ${taken.sourcePath}` : 'Landfall itself'} uses it.`,
      'targetPath',
    );
  }
}

function editedValues(current: readonly ValueMapping[], edits: readonly { from: string; to?: string | null }[]): ValueMapping[] {
  const values = new Map(current.map(value => [value.from, value]));
  const seen = new Set<string>();
  for (const { from, to } of edits) {
    if (seen.has(from))
      throw refuse('MAPPING_CONTRADICTION', `Give each value once: ${JSON.stringify(from)} occurs twice.`, 'values');
    seen.add(from);
    values.set(from, { from, to: to ?? null, occurrences: values.get(from)?.occurrences ?? 0 });
  }
  return [...values.values()];
}

/** Fields that prevent the confirmation of a version. */
export function undecided(fields: readonly FieldMapping[]): FieldMapping[] {
  return fields.filter(({ action }) => action === 'UNDECIDED');
}
