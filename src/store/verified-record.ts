import type { RecordType } from '../domain/model/record-type.js';
import type { ReadValues } from '../domain/verify/human-edits.js';
import type { Verification } from '../domain/verify/verification.js';
import type { RecordKey } from './load-scope.js';

export interface VerifiedRecord extends RecordKey, Verification {
  destinationId: string | null;
  /** The source ids that are thereby verified, by their type. */
  covers: { recordType: RecordType; sourceIds: readonly string[] }[];
  /** Names of the fields that people have changed; absent where that is not looked for. */
  edited?: string[];
  /** Digests of what was read. */
  readValues?: ReadValues;
}
