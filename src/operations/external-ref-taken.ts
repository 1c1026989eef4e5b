import { UserError } from '../domain/model/errors.js';
import { violates } from '../store/failures.js';

/** The coded error for a reference that another project has; any other error as it is. */
export function externalRefTaken(error: unknown): unknown {
  if (!violates(error, 'projects_external_ref_key')) return error;
  return new UserError('EXTERNAL_REF_TAKEN', 'Choose another externalRef: another project of this organization uses it.', {
    path: ['input', 'externalRef'],
  });
}
