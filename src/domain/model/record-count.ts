import type { RecordType } from './record-type.js';
import type { RunPhase } from './run.js';

/** Numbers of records of one type: at the source, in staging and in the workspace. */
export interface RecordCount {
  recordType: RecordType;
  source: number | null;
  staged: number;
  loaded: number;
  verified: number;
  skipped: number;
  failed: number;
}

/** One count for each type: the sum over its listings. The number at the source is null if one listing does not return it. */
export function toRecordCounts(phases: readonly RunPhase[]): RecordCount[] {
  const counts = new Map<RecordType, RecordCount>();
  for (const { recordType, source, staged, skipped, failed } of phases) {
    if (!recordType) continue;
    const known = counts.get(recordType);
    if (!known) counts.set(recordType, { recordType, source, staged, loaded: 0, verified: 0, skipped, failed });
    else {
      known.source = known.source === null || source === null ? null : known.source + source;
      known.staged += staged;
      known.skipped += skipped;
      known.failed += failed;
    }
  }
  return [...counts.values()];
}
