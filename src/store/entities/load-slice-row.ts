import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'load_slices' })
export class LoadSliceRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'load_slices_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'load_slices_pkey' })
  environment: Environment;

  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'load_slices_pkey' })
  runId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', name: 'created_from', precision: 3, nullable: true })
  createdFrom: Date | null;

  @Column({ type: 'timestamptz', name: 'created_to', precision: 3, nullable: true })
  createdTo: Date | null;

  /** Whether open tickets belong to it, whenever they were created. */
  @Column({ type: 'boolean', name: 'with_open' })
  withOpen: boolean;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'load_slices_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'load_slices_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
