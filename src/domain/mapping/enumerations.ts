import { textOf } from '../model/record-fields.js';
import { tagName } from '../text/tag-name.js';
import type { MappedType, ValueMapping } from './field-mapping.js';
import type { FieldStatistics } from './field-statistics.js';

/** Standard fields whose values are a few words, besides those with labels. */
const enumerated: Partial<Record<MappedType, ReadonlySet<string>>> = {
  COMPANY: new Set(['sector']),
  CONTACT: new Set(['status']),
  DEAL: new Set(['pipelineId', 'stageId', 'status', 'currency']),
  MESSAGE: new Set(['type', 'network']),
  TICKET: new Set(['channelType', 'pipelineId', 'stageId']),
};

export const isEnumerated = (type: MappedType, path: string) => enumerated[type]?.has(path) ?? false;

/** Types whose values can be replaced. Others are written from several fields, or read from elsewhere. */
export const replacesValues = (type: MappedType) =>
  type === 'TAG' || type === 'COMPANY' || type === 'CONTACT' || type === 'DEAL' || type === 'TICKET' || type === 'MESSAGE';

/** A few short words that occur again and again. */
export function looksEnumerated({ words, filled }: FieldStatistics): boolean {
  if (!words || words.size < 2 || words.size > 20 || filled < 5 * words.size) return false;
  return [...words.keys()].every(word => word.length <= 60);
}

/** Names of the pipelines and stages that records refer to by id. */
export interface StageNames {
  pipelines: ReadonlyMap<string, string>;
  /** By pipeline and stage, `10767/43716`. */
  stages: ReadonlyMap<string, string>;
}

/** What a value is mapped by: the name of a stage instead of its id. */
export function wordOf(
  path: string,
  value: unknown,
  record: Record<string, unknown>,
  { pipelines, stages }: StageNames,
): unknown {
  if (path === 'pipelineId') return pipelines.get(textOf(value)) ?? value;
  if (path === 'stageId') return stages.get(`${textOf(record.pipelineId)}/${textOf(value)}`) ?? value;
  return value;
}

/** Every word, mapped to itself. */
export const sameWords = ({ words }: FieldStatistics): ValueMapping[] =>
  [...(words ?? [])].map(([from, occurrences]) => ({ from, to: from, occurrences }));

/** Every option and every value, mapped to the option that it becomes. */
export function optionValues(options: readonly string[], { values }: FieldStatistics): ValueMapping[] {
  return [...new Set([...options, ...(values?.keys() ?? [])])].map(value => ({
    from: value,
    to: tagName(value),
    occurrences: values?.get(value) ?? 0,
  }));
}
