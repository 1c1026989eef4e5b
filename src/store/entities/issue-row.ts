import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { IssueStatus, Severity } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'issues' })
@Check('issues_severity_check', `severity IN ('INFO', 'WARNING', 'ERROR')`)
@Check('issues_status_check', `status IN ('OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED')`)
@Unique('issues_subject_key', ['projectId', 'code', 'listing', 'sourceId', 'about'])
@Index('issues_project_id_created_at_id_idx', ['projectId', 'createdAt', 'id'])
export class IssueRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'issues_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'run_id', nullable: true })
  runId: string | null;

  @Column('text')
  code: string;

  @Column('text')
  severity: Severity;

  @Column({ type: 'text', default: 'OPEN' })
  status: IssueStatus;

  @Column({ type: 'text', name: 'record_type', nullable: true })
  recordType: RecordType | null;

  @Column({ type: 'text', nullable: true })
  listing: string | null;

  @Column({ type: 'text', name: 'source_id', nullable: true })
  sourceId: string | null;

  @Column({ type: 'text', default: '' })
  about: string;

  @Column('text')
  message: string;

  @Column({ type: 'text', nullable: true })
  hint: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;

  /** Null if Landfall itself changed it. */
  @Column({ type: 'text', name: 'status_changed_by', nullable: true })
  statusChangedBy: string | null;

  @Column({ type: 'timestamptz', name: 'status_changed_at', precision: 3, nullable: true })
  statusChangedAt: Date | null;

  @Column({ type: 'text', name: 'status_note', nullable: true })
  statusNote: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'issues_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'issues_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
