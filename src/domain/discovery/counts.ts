import type { Discovery } from '../model/discovery.js';
import type { RecordType } from '../model/record-type.js';

/** Types that no listing counts. Their number is known after an extraction. */
const readTypes: readonly RecordType[] = ['MESSAGE', 'ATTACHMENT', 'RECORDING'];

/**
 * The counts of a discovery, then those of messages, files and recordings if an extraction has read them.
 * @param read counts of the newest extraction; `source` is null if the source does not report a number
 */
export function discoveredCounts<Count extends { recordType: RecordType; source: number | null }>(
  counted: Discovery['counts'],
  read: readonly Count[],
): (Discovery['counts'][number] | Count)[] {
  const counts = counted.map(count => ({ ...read.find(each => each.recordType === count.recordType), ...count }));
  const more = read.filter(
    ({ recordType }) => readTypes.includes(recordType) && !counted.some(each => each.recordType === recordType),
  );
  return [...counts, ...more];
}
