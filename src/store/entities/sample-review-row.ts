import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import { ProjectRow } from './project-row.js';

/** A sampled record on both sides. */
@Entity({ name: 'sample_reviews' })
export class SampleReviewRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'sample_reviews_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'record_type', primaryKeyConstraintName: 'sample_reviews_pkey' })
  recordType: RecordType;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'sample_reviews_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  reason: string;

  @Column({ type: 'text', name: 'destination_id' })
  destinationId: string;

  /** JSON: field by field, at the source and as it was read back. */
  @Column('text')
  comparison: string;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'sample_reviews_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'sample_reviews_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
