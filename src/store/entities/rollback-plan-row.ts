import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Environment } from '../../domain/model/run.js';
import type { PlannedAction } from '../../domain/rollback/plan.js';
import { RunRow } from './run-row.js';

@Entity({ name: 'rollback_plans' })
@Index('rollback_plans_project_id_environment_idx', ['projectId', 'environment'])
export class RollbackPlanRow {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'rollback_plans_pkey' })
  runId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column('text')
  environment: Environment;

  @Column({ type: 'boolean', name: 'dry_run' })
  dryRun: boolean;

  @Column({ type: 'text', name: 'plan_hash', nullable: true })
  planHash: string | null;

  @Column({ type: 'uuid', name: 'plan_run_id' })
  planRunId: string;

  @Column({ type: 'jsonb', nullable: true })
  summary: PlannedAction[] | null;

  @Column({ type: 'timestamptz', name: 'planned_at', precision: 3, nullable: true })
  plannedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'checked_at', precision: 3, nullable: true })
  checkedAt: Date | null;

  @ManyToOne(() => RunRow)
  @JoinColumn([
    { name: 'run_id', referencedColumnName: 'id', foreignKeyConstraintName: 'rollback_plans_run_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'rollback_plans_run_fkey' },
  ])
  run: Relation<RunRow>;
}
