import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { HandedOver } from '../../domain/model/cutover.js';
import { ProjectRow } from './project-row.js';
import { RunRow } from './run-row.js';

@Entity({ name: 'cutovers' })
export class CutoverRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'cutovers_pkey' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', name: 'frozen_at', precision: 3 })
  frozenAt: Date;

  @Column({ type: 'timestamptz', name: 'begun_at', precision: 3, default: () => 'clock_timestamp()' })
  begunAt: Date;

  @Column({ type: 'text', name: 'begun_by' })
  begunBy: string;

  @Column({ type: 'uuid', name: 'delta_run_id' })
  deltaRunId: string;

  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, nullable: true })
  completedAt: Date | null;

  @Column({ type: 'text', name: 'completed_by', nullable: true })
  completedBy: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'jsonb', nullable: true })
  figures: HandedOver[] | null;

  @Column({ type: 'timestamptz', name: 'hypercare_until', precision: 3, nullable: true })
  hypercareUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null;

  @Column({ type: 'text', name: 'closed_by', nullable: true })
  closedBy: string | null;

  @Column({ type: 'text', name: 'close_reason', nullable: true })
  closeReason: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'cutovers_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'cutovers_project_fkey' },
  ])
  project: Relation<ProjectRow>;

  @ManyToOne(() => RunRow)
  @JoinColumn([
    { name: 'delta_run_id', referencedColumnName: 'id', foreignKeyConstraintName: 'cutovers_run_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'cutovers_run_fkey' },
  ])
  deltaRun: Relation<RunRow>;
}
