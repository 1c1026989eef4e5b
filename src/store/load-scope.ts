import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import type { RunLease } from './run-leases.js';

/** A workspace of a project. */
export interface LoadScope extends Pick<RunLease, 'projectId' | 'organizationId'> {
  environment: Environment;
}

export interface RecordKey {
  recordType: RecordType;
  sourceId: string;
}

/** The first columns of all load tables. */
export const scopeOf = ({ projectId, organizationId, environment }: LoadScope) => [projectId, organizationId, environment];
