import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'staged_records' })
@Index('staged_records_parent_idx', ['projectId', 'listing', 'parentId'], { where: 'parent_id IS NOT NULL' })
export class StagedRecordRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'staged_records_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'staged_records_pkey' })
  listing: string;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'staged_records_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'parent_id', nullable: true })
  parentId: string | null;

  @Column('text')
  raw: string;

  @Column('bytea')
  hash: Buffer;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, nullable: true })
  createdAt: Date | null;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, nullable: true })
  updatedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  channel: string | null;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  refs: string[];

  /** What it referred to before that changed last. */
  @Column({ type: 'text', name: 'former_refs', array: true, nullable: true })
  formerRefs: string[] | null;

  @Column({ type: 'text', array: true, default: () => "'{}'" })
  tags: string[];

  @Column({ type: 'uuid', name: 'seen_run' })
  seenRun: string;

  @Column({ type: 'int', name: 'seen_sweep' })
  seenSweep: number;

  /** Its id cannot be used. It is only counted. */
  @Column({ type: 'boolean', default: false })
  skipped: boolean;

  /** When its text was staged first. */
  @Column({ type: 'timestamptz', name: 'staged_at', precision: 3, default: () => 'now()' })
  stagedAt: Date;

  @Column({ type: 'timestamptz', name: 'gone_at', precision: 3, nullable: true })
  goneAt: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'staged_records_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'staged_records_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
