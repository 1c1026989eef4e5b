import type { Environment } from '../../../../domain/model/run.js';

const environments: Record<Environment, string> = { SANDBOX: 'sandbox', PRODUCTION: 'production' };

/** What every document has. */
export const frame = {
  head: {
    project: 'Project',
    source: 'Source account',
    workspace: 'Workspace',
    environment: 'Environment',
    mapping: 'Mapping hash',
    run: 'Run',
    date: 'Date',
  },
  notConnected: 'not connected',
  noMapping: 'none confirmed yet',
  noRun: 'none: a person asked for it',
  environments,
  summary: 'Summary',
  contents: 'Contents',
  signature: {
    heading: 'Signatures',
    customer: 'For the customer',
    migration: 'For the migration',
    name: 'Name',
    date: 'Date',
    sign: 'Signature',
  },
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  none: 'None.',
  andMore: (count: number) => `And ${count} more: see the table.`,
};
