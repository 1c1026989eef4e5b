import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'project_events' })
export class ProjectEventRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'project_events_pkey' })
  projectId: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'project_events_pkey' })
  seq: number;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  /** Together with the tenant, so that an event of one tenant cannot name a project of another. */
  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'project_events_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'project_events_project_fkey' },
  ])
  project: Relation<ProjectRow>;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column('text')
  type: string;

  @Column({ type: 'uuid', name: 'run_id', nullable: true })
  runId: string | null;

  @Column('text')
  message: string;

  @Column('jsonb')
  data: Record<string, unknown>;
}
