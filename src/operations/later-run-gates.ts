import { UserError } from '../domain/model/errors.js';
import type { Environment, RunKind } from '../domain/model/run.js';

const path = ['input', 'environment'];

/** Checks the input of runs that come after a load. @throws UserError INVALID_INPUT */
export function checkLaterKind(kind: RunKind, environment: Environment | null, sampleSize: number | null): void {
  if (kind === 'DELTA' && environment !== 'PRODUCTION')
    throw new UserError('INVALID_INPUT', 'Start a DELTA run for the environment PRODUCTION.', { path });
  if (sampleSize === null) return;
  const at = ['input', 'sampleSize'];
  if (kind !== 'VERIFICATION') throw new UserError('INVALID_INPUT', 'Give sampleSize for a VERIFICATION run only.', { path: at });
  if (sampleSize < 1) throw new UserError('INVALID_INPUT', 'Give a sampleSize of at least 1, or leave it out.', { path: at });
}
