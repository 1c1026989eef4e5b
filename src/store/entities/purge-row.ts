import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Purge, PurgeCounts } from '../../domain/model/purge.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'purges' })
export class PurgeRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'purges_pkey' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', name: 'requested_at', precision: 3, default: () => 'clock_timestamp()' })
  requestedAt: Date;

  @Column({ type: 'text', name: 'requested_by' })
  requestedBy: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  counts: PurgeCounts;

  @Column('jsonb')
  reconciliations: Purge['reconciliations'];

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'purges_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'purges_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
