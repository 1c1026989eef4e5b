import { type PreviewedRecord, type PreviewedType, previewedTypes } from '../domain/mapping/preview.js';
import { UserError } from '../domain/model/errors.js';
import type { RecordType } from '../domain/model/record-type.js';
import { fieldsOfMapping, mappingsById } from '../store/mappings.js';
import { readPreviewSource } from '../store/preview-source.js';
import { type OperationContext, within } from './context.js';
import { requireUnpurged } from './require-unpurged.js';

const maxRecords = 20;

/**
 * A few staged records as each mapping version would write them. Nothing is stored.
 * @param ids ids of rows
 * @throws UserError INVALID_INPUT
 */
export async function previewMappings(
  context: OperationContext,
  ids: readonly string[],
  recordType: RecordType,
  first: number,
): Promise<PreviewedRecord[][]> {
  const type = previewed(recordType);
  if (first < 1 || first > maxRecords)
    throw new UserError('INVALID_INPUT', `Give a number from 1 to ${maxRecords}.`, { path: ['first'] });
  const previews: PreviewedRecord[][] = [];
  for (const id of ids) {
    const found = await within(context, async tx => {
      const version = (await mappingsById(tx, [id])).get(id);
      if (!version) return null;
      await requireUnpurged(tx, version.projectId);
      return {
        fields: await fieldsOfMapping(tx, id),
        source: await readPreviewSource(tx, version.projectId, type, first),
      };
    });
    previews.push(found ? await context.previewRecords(type, found.fields, found.source) : []);
  }
  return previews;
}

function previewed(recordType: RecordType): PreviewedType {
  const type = previewedTypes.find(each => each === recordType);
  if (type) return type;
  throw new UserError('INVALID_INPUT', `Give one of ${previewedTypes.join(', ')}.`, { path: ['recordType'] });
}
