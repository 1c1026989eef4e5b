import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'load_states' })
@Check('load_states_rewrite_check', `rewrite IN ('OURS', 'ALL')`)
@Check('load_states_state_check', `state IN ('OPEN', 'DONE', 'SKIPPED', 'FAILED')`)
export class LoadStateRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'load_states_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'environment', primaryKeyConstraintName: 'load_states_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { name: 'record_type', primaryKeyConstraintName: 'load_states_pkey' })
  recordType: RecordType;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'load_states_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  state: 'OPEN' | 'DONE' | 'SKIPPED' | 'FAILED';

  @Column({ type: 'text', name: 'destination_id', nullable: true })
  destinationId: string | null;

  @Column({ type: 'text', nullable: true })
  digest: string | null;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text', name: 'read_digest', nullable: true })
  readDigest: string | null;

  /** Somebody has asked for it to be written again; ALL: over what people have changed too. */
  @Column({ type: 'text', nullable: true })
  rewrite: 'OURS' | 'ALL' | null;

  @Column({ type: 'text', name: 'linked_to', nullable: true })
  linkedTo: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'load_states_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'load_states_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
