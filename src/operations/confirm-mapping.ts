import type { FieldMapping } from '../domain/mapping/field-mapping.js';
import { undecided } from '../domain/mapping/rules.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { fieldsOfMapping, freezeMapping, lockMapping, mappingById } from '../store/mappings.js';
import { appendEvent } from '../store/project-events.js';
import { setProjectStage } from '../store/projects.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { readFields } from './read-fields.js';
import { requireUnarchived } from './require-unarchived.js';
import { saveSpecification } from './save-specification.js';
import { type MappingAnswer, staleMapping } from './update-field-mapping.js';

export interface ConfirmMappingInput {
  mappingVersionId: string;
  expectedHash: string;
  idempotencyKey?: string | null;
}

/** Number of fields that a message names. */
const maxNamed = 5;

/**
 * Confirms a draft and freezes it. Later loads use it.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, MAPPING_FROZEN, MAPPING_UNDECIDED, MAPPING_INCOMPLETE
 */
export async function confirmMapping(context: OperationContext, input: ConfirmMappingInput): Promise<MappingAnswer> {
  requirePermission(context.principal, 'confirmMapping');
  const path = ['input', 'mappingVersionId'];
  const uuid = uuidOf('MappingVersion', input.mappingVersionId, path);
  const { mappingId, staleHash } = await once(context, 'confirmMapping', input, async tx => {
    const version = uuid && (await lockMapping(tx, uuid));
    if (!version) throw new UserError('NOT_FOUND', 'Name a mapping version that exists.', { path });
    await requireUnarchived(tx, [version.projectId], path);
    if (input.expectedHash !== version.hash) return { mappingId: version.id, staleHash: version.hash };
    if (version.status === 'CONFIRMED') return { mappingId: version.id, staleHash: null };
    if (version.status === 'SUPERSEDED')
      throw new UserError('MAPPING_FROZEN', 'Confirm the newest version: this one is superseded.', { path });
    const fields = await fieldsOfMapping(tx, version.id);
    const open = undecided(fields).map(pathOf);
    if (open.length > 0) throw new UserError('MAPPING_UNDECIDED', `Choose an action for ${list(open)}.`, { path });
    const unknown = await unknownFields(tx, version.projectId, fields);
    if (unknown.length > 0) {
      throw new UserError('MAPPING_INCOMPLETE', `Propose the mapping again: the source has new fields: ${list(unknown)}.`, {
        path,
      });
    }
    await freezeMapping(tx, version, context.principal.name);
    await setProjectStage(tx, version.projectId, 'PROVISIONING');
    await appendEvent(tx, {
      projectId: version.projectId,
      type: 'MAPPING_CONFIRMED',
      message: `Version ${version.version} of the mapping was confirmed by ${context.principal.name}.`,
      data: { mappingVersionId: version.id, hash: version.hash },
    });
    return { mappingId: version.id, staleHash: null };
  });
  const mapping = (await within(context, tx => mappingById(tx, mappingId)))!;
  if (staleHash === null) await saveSpecification(context, mapping.projectId);
  return { mapping, stale: staleHash === null ? null : staleMapping(staleHash) };
}

const pathOf = ({ recordType, sourcePath }: Pick<FieldMapping, 'recordType' | 'sourcePath'>) => `${recordType} ${sourcePath}`;

const list = (names: readonly string[]) =>
  names.slice(0, maxNamed).join(', ') + (names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '');

/** Values of fields that the mapping does not list would be lost without a report. */
async function unknownFields(tx: Tx, projectId: string, fields: readonly FieldMapping[]): Promise<string[]> {
  const known = new Set(fields.map(pathOf));
  const { paths } = await readFields(tx, projectId);
  return paths.map(pathOf).filter(each => !known.has(each));
}
