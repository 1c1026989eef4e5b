import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';

/** A staged record that SANDBOX runs move. */
@Entity({ name: 'sample_records' })
export class SampleRecordRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'sample_records_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'listing', primaryKeyConstraintName: 'sample_records_pkey' })
  listing: string;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'sample_records_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  /** Why it was chosen; for people. */
  @Column('text')
  reason: string;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'sample_records_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'sample_records_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
