import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'stored_files' })
@Index('stored_files_sha256_idx', ['sha256'])
@Check('stored_files_state_check', `state IN ('STORED', 'MISSING', 'FORBIDDEN', 'TOO_LARGE', 'CORRUPT', 'FAILED')`)
export class StoredFileRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'stored_files_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'stored_files_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', name: 'content_type' })
  contentType: string;

  @Column('text')
  state: string;

  @Column({ type: 'text', nullable: true })
  sha256: string | null;

  @Column({ type: 'bigint', name: 'byte_size', nullable: true })
  byteSize: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Since when it is FAILED. */
  @Column({ type: 'timestamptz', name: 'failed_at', precision: 3, nullable: true })
  failedAt: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'stored_files_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'stored_files_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
