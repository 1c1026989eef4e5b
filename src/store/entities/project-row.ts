import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { Language, ProjectStage } from '../../domain/model/project.js';
import { OrganizationRow } from './organization-row.js';

const stages = `'DISCOVERY', 'EXTRACTION', 'MAPPING', 'PROVISIONING', 'SANDBOX', 'PRODUCTION', 'CUTOVER', 'HYPERCARE', 'CLOSED'`;

@Entity({ name: 'projects' })
@Check('projects_language_check', `language IN ('EN', 'TR')`)
@Check('projects_hypercare_days_check', `hypercare_days BETWEEN 0 AND 90`)
@Check('projects_stage_check', `stage IN (${stages})`)
@Unique('projects_external_ref_key', ['organizationId', 'externalRef'])
@Unique('projects_id_organization_id_key', ['id', 'organizationId'])
@Index('projects_created_at_id_idx', ['createdAt', 'id'])
export class ProjectRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'projects_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'projects_organization_id_fkey' })
  organization: Relation<OrganizationRow>;

  @Column('text')
  name: string;

  @Column({ type: 'text', name: 'external_ref', nullable: true })
  externalRef: string | null;

  @Column({ type: 'text', default: 'DISCOVERY' })
  stage: ProjectStage;

  @Column({ type: 'boolean', name: 'allow_samples_to_llm', default: false })
  allowSamplesToLlm: boolean;

  /** Of its documents. */
  @Column({ type: 'text', default: 'EN' })
  language: Language;

  /** Null if the project is in use. */
  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true })
  archivedAt: Date | null;

  /** Time zone of dates of the source without an offset, used by the next connection; null: that of the account. */
  @Column({ type: 'text', name: 'time_zone', nullable: true })
  timeZone: string | null;

  /** Days from the handover to the end of hypercare. */
  @Column({ type: 'int', name: 'hypercare_days', default: 7 })
  hypercareDays: number;

  /** The number of the newest event. The lock of the row keeps the numbers without gaps. */
  @Column({ type: 'int', name: 'last_event_seq', default: 0 })
  lastEventSeq: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
