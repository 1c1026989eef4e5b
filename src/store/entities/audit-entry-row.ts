import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { CredentialKind } from '../../domain/model/principal.js';
import { OrganizationRow } from './organization-row.js';

/** Triggers insert these rows. The server's role can neither change nor delete them. */
@Entity({ name: 'audit_entries' })
@Index('audit_entries_at_id_idx', ['at', 'id'])
@Index('audit_entries_object_id_idx', ['objectId'])
export class AuditEntryRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'audit_entries_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'audit_entries_organization_id_fkey' })
  organization: Relation<OrganizationRow>;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  at: Date;

  @Column({ type: 'text', name: 'actor_kind' })
  actorKind: CredentialKind;

  @Column({ type: 'uuid', name: 'actor_id' })
  actorId: string;

  @Column({ type: 'text', name: 'actor_name' })
  actorName: string;

  @Column('text')
  operation: string;

  @Column({ type: 'text', name: 'request_id' })
  requestId: string;

  @Column({ type: 'text', name: 'object_type', nullable: true })
  objectType: string | null;

  @Column({ type: 'uuid', name: 'object_id', nullable: true })
  objectId: string | null;

  @Column({ type: 'uuid', name: 'project_id', nullable: true })
  projectId: string | null;

  @Column({ type: 'jsonb', nullable: true })
  before: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  after: Record<string, unknown> | null;
}
