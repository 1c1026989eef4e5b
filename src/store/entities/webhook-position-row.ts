import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';
import { WebhookRow } from './webhook-row.js';

@Entity({ name: 'webhook_positions' })
export class WebhookPositionRow {
  @PrimaryColumn('uuid', { name: 'webhook_id', primaryKeyConstraintName: 'webhook_positions_pkey' })
  webhookId: string;

  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'webhook_positions_pkey' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('int')
  seq: number;

  @Column({ type: 'timestamptz', name: 'moved_at', precision: 3, default: () => 'clock_timestamp()' })
  movedAt: Date;

  @Column({ type: 'int', default: 0 })
  failures: number;

  @Column({ type: 'timestamptz', name: 'failing_since', precision: 3, nullable: true })
  failingSince: Date | null;

  @Column({ type: 'timestamptz', name: 'next_attempt_at', precision: 3, nullable: true })
  nextAttemptAt: Date | null;

  @ManyToOne(() => WebhookRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'webhook_id', foreignKeyConstraintName: 'webhook_positions_webhook_id_fkey' })
  webhook: Relation<WebhookRow>;

  @ManyToOne(() => ProjectRow)
  @JoinColumn({ name: 'project_id', foreignKeyConstraintName: 'webhook_positions_project_id_fkey' })
  project: Relation<ProjectRow>;
}
