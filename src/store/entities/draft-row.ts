import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'drafts' })
@Index('drafts_place_idx', ['projectId', 'environment', 'recordType', 'place', 'weight', 'sourceId'])
export class DraftRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'drafts_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'environment', primaryKeyConstraintName: 'drafts_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { name: 'record_type', primaryKeyConstraintName: 'drafts_pkey' })
  recordType: RecordType;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'drafts_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'run_id' })
  runId: string;

  @Column('text')
  digest: string;

  @Column('int')
  weight: number;

  @Column('text')
  body: string;

  /** Of a ticket or call: when it was created at the source; null if not known. */
  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, nullable: true })
  createdAt: Date | null;

  @Column({ type: 'boolean', name: 'is_open', default: false })
  isOpen: boolean;

  /** A higher place is loaded earlier. */
  @Column({ type: 'int', default: 0 })
  place: number;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'drafts_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'drafts_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
