import type { Usage } from '../model/usage.js';

/** Counts what organizations use. It never waits: counts are stored a little later. */
export interface UsageMeter {
  add(organizationId: string, counts: Partial<Usage>): void;
}
