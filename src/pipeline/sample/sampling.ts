import type { Lookups } from '../../store/lookups.js';
import type { RunWork } from '../../store/run-work.js';

/** What a sample is chosen with. */
export interface Sampling {
  work: RunWork;
  lookups: Pick<Lookups, 'contacts' | 'users' | 'sourceHosts'>;
  /** The address under which a contact arrives; null for one without. */
  addressOf(record: Record<string, unknown>): string | null;
}
