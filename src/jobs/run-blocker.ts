import { Blocked } from '../domain/model/blocked.js';
import type { Blocker } from '../domain/model/blocker.js';
import { nameDetails } from '../domain/model/blocker-details.js';
import { type RunKind, workspaceKinds } from '../domain/model/run.js';
import { Shortage, shortages } from '../domain/model/shortage.js';
import { CallFailure } from '../domain/ports/call-failure.js';
import { RefusedValue } from '../store/failures.js';

/** What a person must do before a run with this error can continue; null for an internal error. */
export function blockerOf(error: unknown, kind: RunKind): Blocker | null {
  if (error instanceof Blocked) return error.blocker;
  if (error instanceof CallFailure) return blockerOfCall(error, kind);
  if (error instanceof Shortage)
    return { code: error.shortage, message: `${shortages[error.shortage]} Then resume the run. Nothing is lost.` };
  if (error instanceof RefusedValue)
    return {
      code: 'VALUE_REFUSED',
      message: 'The database refuses a value of a record. Quote the id of the run. Earlier results are not affected.',
    };
  return null;
}

function blockerOfCall(failure: CallFailure, kind: RunKind): Blocker {
  const writes = workspaceKinds.includes(kind);
  const then = `then resume the run: ${failure.message}`;
  if (failure.kind === 'UNAUTHORIZED') {
    return { code: writes ? 'DESTINATION_UNAUTHORIZED' : 'SOURCE_UNAUTHORIZED', message: `Set the connection again, ${then}` };
  }
  if (!writes) return { code: 'SOURCE_UNAVAILABLE', message: `Check the source, ${then}` };
  if (failure.kind === 'FORBIDDEN') {
    const { permission } = failure.details;
    const named = permission ? `permission “${permission}”` : 'missing permission';
    return {
      code: 'DESTINATION_FORBIDDEN',
      message: `Give the app the ${named}, ${then}`,
      details: permission ? nameDetails([permission]) : null,
    };
  }
  return { code: 'DESTINATION_UNAVAILABLE', message: `Check the workspace, ${then}` };
}
