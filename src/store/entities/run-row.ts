import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  VirtualColumn,
} from 'typeorm';
import type { LoadPlan } from '../../domain/model/load-plan.js';
import type { Environment, RunKind, RunRequest, RunState, WaitingFor } from '../../domain/model/run.js';
import { MappingVersionRow } from './mapping-version-row.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'runs' })
@Check(
  'runs_state_check',
  `state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED')`,
)
@Check('runs_wanted_check', `wanted IN ('PAUSE', 'CANCEL')`)
@Unique('runs_id_organization_id_key', ['id', 'organizationId'])
@Index('runs_one_reader_key', { synchronize: false })
@Index('runs_one_writer_key', { synchronize: false })
@Index('runs_waiting_idx', { synchronize: false })
@Index('runs_blocked_idx', { synchronize: false })
@Index('runs_project_id_created_at_id_idx', ['projectId', 'createdAt', 'id'])
export class RunRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'runs_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  kind: RunKind;

  @Column({ type: 'text', nullable: true })
  environment: Environment | null;

  @Column({ type: 'uuid', name: 'mapping_version_id', nullable: true })
  mappingVersionId: string | null;

  /** For a run that writes: its workspace. */
  @Column({ type: 'text', name: 'workspace_id', nullable: true })
  workspaceId: string | null;

  /** Of a VERIFICATION: how many records it reads back; null for all. */
  @Column({ type: 'int', name: 'sample_size', nullable: true })
  sampleSize: number | null;

  @Column({ type: 'jsonb', name: 'load_plan', nullable: true })
  loadPlan: LoadPlan | null;

  @Column({ type: 'timestamptz', name: 'not_before', precision: 3, nullable: true })
  notBefore: Date | null;

  /** The hour of the last count of calls. */
  @Column({ type: 'timestamptz', name: 'budget_hour', precision: 3, nullable: true })
  budgetHour: Date | null;

  @Column({ type: 'int', name: 'budget_calls', nullable: true })
  budgetCalls: number | null;

  /** The last limit from the headers of the destination. */
  @Column({ type: 'int', name: 'call_limit_per_minute', nullable: true })
  callLimitPerMinute: number | null;

  /** Of a SANDBOX run that ended: what it read back. */
  @Column({ type: 'text', name: 'sample_digest', nullable: true })
  sampleDigest: string | null;

  @Column({ type: 'text', default: 'QUEUED' })
  state: RunState;

  @Column({ type: 'text', nullable: true })
  wanted: RunRequest | null;

  @Column({ type: 'text', name: 'blocker_code', nullable: true })
  blockerCode: string | null;

  @Column({ type: 'text', name: 'blocker_message', nullable: true })
  blockerMessage: string | null;

  /** JSON. */
  @Column({ type: 'text', name: 'blocker_details', nullable: true })
  blockerDetails: string | null;

  @Column({ type: 'timestamptz', name: 'blocked_at', precision: 3, nullable: true })
  blockedAt: Date | null;

  @Column({ type: 'double precision', default: 0 })
  fraction: number;

  @Column({ type: 'text', name: 'waiting_for', nullable: true })
  waitingFor: WaitingFor | null;

  @Column({ type: 'int', name: 'lease_epoch', default: 0 })
  leaseEpoch: number;

  /** The end of the lease of its worker, from the row that the worker renews. */
  @VirtualColumn({ query: run => `SELECT l.until FROM landfall.run_leases l WHERE l.run_id = ${run}.id` })
  leaseUntil: Date | null;

  @VirtualColumn({ query: run => `SELECT l.renewed_at FROM landfall.run_leases l WHERE l.run_id = ${run}.id` })
  leaseRenewedAt: Date | null;

  /** JSON. */
  @VirtualColumn({ query: run => `SELECT l.contacts FROM landfall.run_leases l WHERE l.run_id = ${run}.id` })
  contacts: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'runs_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'runs_project_fkey' },
  ])
  project: Relation<ProjectRow>;

  @ManyToOne(() => MappingVersionRow)
  @JoinColumn([
    { name: 'mapping_version_id', referencedColumnName: 'id', foreignKeyConstraintName: 'runs_mapping_version_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'runs_mapping_version_fkey' },
  ])
  mappingVersion: Relation<MappingVersionRow>;
}
