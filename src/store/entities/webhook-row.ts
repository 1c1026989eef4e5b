import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { WebhookDisabledReason } from '../../domain/model/webhook.js';
import { OrganizationRow } from './organization-row.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'webhooks' })
@Check('webhooks_disabled_reason_check', `disabled_reason IN ('PERSON', 'FAILING', 'GONE')`)
@Index('webhooks_organization_id_idx', ['organizationId'])
export class WebhookRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'webhooks_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'webhooks_organization_id_fkey' })
  organization: Relation<OrganizationRow>;

  @Column({ type: 'uuid', name: 'project_id', nullable: true })
  projectId: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn({ name: 'project_id', foreignKeyConstraintName: 'webhooks_project_id_fkey' })
  project: Relation<ProjectRow> | null;

  @Column('text')
  url: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text', array: true, name: 'event_types', default: () => "'{}'" })
  eventTypes: string[];

  @Column({ type: 'text', array: true, name: 'sealed_secrets', select: false })
  sealedSecrets: string[];

  @Column({ type: 'timestamptz', name: 'previous_secret_until', precision: 3, nullable: true })
  previousSecretUntil: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;

  @Column({ type: 'text', name: 'created_by' })
  createdBy: string;

  @Column({ type: 'timestamptz', name: 'disabled_at', precision: 3, nullable: true })
  disabledAt: Date | null;

  @Column({ type: 'text', name: 'disabled_reason', nullable: true })
  disabledReason: WebhookDisabledReason | null;

  @Column({ type: 'int', default: 0 })
  failures: number;

  @Column({ type: 'timestamptz', name: 'next_attempt_at', precision: 3, nullable: true })
  nextAttemptAt: Date | null;

  @Column({ type: 'timestamptz', name: 'last_attempt_at', precision: 3, nullable: true })
  lastAttemptAt: Date | null;

  @Column({ type: 'timestamptz', name: 'last_success_at', precision: 3, nullable: true })
  lastSuccessAt: Date | null;

  @Column({ type: 'int', name: 'last_status', nullable: true })
  lastStatus: number | null;

  @Column({ type: 'text', name: 'last_error', nullable: true })
  lastError: string | null;

  @Column({ type: 'int', name: 'lease_epoch', default: 0 })
  leaseEpoch: number;

  @Column({ type: 'timestamptz', name: 'lease_until', precision: 3, nullable: true })
  leaseUntil: Date | null;
}
