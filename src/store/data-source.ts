import { DataSource } from 'typeorm';
import { AgentRow } from './entities/agent-row.js';
import { ApiKeyRow } from './entities/api-key-row.js';
import { AuditEntryRow } from './entities/audit-entry-row.js';
import { CallRecordingRow } from './entities/call-recording-row.js';
import { ChildListingRow } from './entities/child-listing-row.js';
import { ConnectionRow } from './entities/connection-row.js';
import { CrosswalkRow } from './entities/crosswalk-row.js';
import { CutoverRow } from './entities/cutover-row.js';
import { DiscoveryRow } from './entities/discovery-row.js';
import { DocumentRow } from './entities/document-row.js';
import { DraftRow } from './entities/draft-row.js';
import { DuplicateGroupRow } from './entities/duplicate-group-row.js';
import { FieldMappingRow } from './entities/field-mapping-row.js';
import { IdempotencyKeyRow } from './entities/idempotency-key-row.js';
import { InstallationRow } from './entities/installation-row.js';
import { IssueRow } from './entities/issue-row.js';
import { LoadIntentRow } from './entities/load-intent-row.js';
import { LoadSliceRow } from './entities/load-slice-row.js';
import { LoadStateRow } from './entities/load-state-row.js';
import { MappingVersionRow } from './entities/mapping-version-row.js';
import { OrganizationRow } from './entities/organization-row.js';
import { ProjectEventRow } from './entities/project-event-row.js';
import { ProjectRow } from './entities/project-row.js';
import { ProvisionedObjectRow } from './entities/provisioned-object-row.js';
import { ProvisioningCheckRow } from './entities/provisioning-check-row.js';
import { PurgeRow } from './entities/purge-row.js';
import { RateBudgetRow } from './entities/rate-budget-row.js';
import { RollbackObjectRow } from './entities/rollback-object-row.js';
import { RollbackPlanRow } from './entities/rollback-plan-row.js';
import { RunLeaseRow } from './entities/run-lease-row.js';
import { RunPhaseRow } from './entities/run-phase-row.js';
import { RunRow } from './entities/run-row.js';
import { SampleRecordRow } from './entities/sample-record-row.js';
import { SampleReviewRow } from './entities/sample-review-row.js';
import { SignOffRow } from './entities/sign-off-row.js';
import { StagedRecordRow } from './entities/staged-record-row.js';
import { StoredFileRow } from './entities/stored-file-row.js';
import { UsageMonthRow } from './entities/usage-month-row.js';
import { VerificationRow } from './entities/verification-row.js';
import { WebhookPositionRow } from './entities/webhook-position-row.js';
import { WebhookRow } from './entities/webhook-row.js';
import { WorkspaceMemberRow } from './entities/workspace-member-row.js';
import { preparingClient, StatementNames } from './prepared-statements.js';

const entities = [
  AgentRow,
  FieldMappingRow,
  MappingVersionRow,
  ProvisionedObjectRow,
  ProvisioningCheckRow,
  WorkspaceMemberRow,
  CrosswalkRow,
  DraftRow,
  LoadIntentRow,
  LoadSliceRow,
  LoadStateRow,
  VerificationRow,
  StoredFileRow,
  CallRecordingRow,
  DocumentRow,
  DuplicateGroupRow,
  ApiKeyRow,
  AuditEntryRow,
  ChildListingRow,
  ConnectionRow,
  DiscoveryRow,
  IdempotencyKeyRow,
  InstallationRow,
  IssueRow,
  OrganizationRow,
  ProjectRow,
  ProjectEventRow,
  PurgeRow,
  RateBudgetRow,
  RollbackObjectRow,
  RollbackPlanRow,
  RunRow,
  RunLeaseRow,
  RunPhaseRow,
  SampleRecordRow,
  SampleReviewRow,
  SignOffRow,
  CutoverRow,
  StagedRecordRow,
  UsageMonthRow,
  WebhookRow,
  WebhookPositionRow,
];

/** The connections of the server. Without a scope they see nothing. */
export type Database = DataSource;
export type MigrationList = readonly (new () => { name?: string })[];

export interface PoolOptions {
  migrations?: MigrationList;
  poolSize?: number;
  /** Time limit of a statement, including waits for locks; no limit if absent. */
  statementTimeoutMs?: number;
  applicationName?: string;
  onPoolError?: (error: unknown) => void;
}

/** A connection pool with the entities. `initialize` connects it. */
export function createDataSource(url: string, options: PoolOptions = {}): DataSource {
  const { migrations = [], poolSize = 4, statementTimeoutMs, applicationName = 'landfall', onPoolError } = options;
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'landfall',
    entities,
    migrations: [...migrations] as (new () => never)[],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    logging: false,
    poolSize,
    connectTimeoutMS: 5_000,
    applicationName,
    extra: {
      Client: preparingClient(new StatementNames()),
      ...(statementTimeoutMs ? { statement_timeout: statementTimeoutMs } : {}),
    },
    poolErrorHandler: onPoolError ?? (() => {}),
  });
}
