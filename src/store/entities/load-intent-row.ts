import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'load_intents' })
export class LoadIntentRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'load_intents_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'environment', primaryKeyConstraintName: 'load_intents_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { name: 'record_type', primaryKeyConstraintName: 'load_intents_pkey' })
  recordType: RecordType;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'load_intents_pkey' })
  sourceId: string;

  @PrimaryColumn('text', { name: 'step', primaryKeyConstraintName: 'load_intents_pkey' })
  step: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3, default: () => 'clock_timestamp()' })
  sentAt: Date;

  /** What the write changes, if it is not ours. */
  @Column({ type: 'jsonb', name: 'pre_image', nullable: true })
  preImage: object | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'load_intents_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'load_intents_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
