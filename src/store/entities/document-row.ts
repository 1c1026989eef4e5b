import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { DocumentKind } from '../../domain/model/document.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'documents' })
@Index('documents_sha256_idx', ['sha256'])
@Unique('documents_name_key', ['projectId', 'name'])
export class DocumentRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'documents_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: DocumentKind;

  @Column('text')
  title: string;

  @Column({ type: 'text', name: 'media_type' })
  mediaType: string;

  @Column('text')
  sha256: string;

  @Column({ type: 'bigint', name: 'byte_size' })
  byteSize: string;

  @Column({ type: 'text', name: 'packing_list', nullable: true })
  packingList: string | null;

  /** Apart from its run and date; null for a table. */
  @Column({ type: 'text', name: 'content_sha256', nullable: true })
  contentSha256: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'documents_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'documents_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
