import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { Role } from '../../domain/model/principal.js';
import { OrganizationRow } from './organization-row.js';

@Entity({ name: 'api_keys' })
@Check('api_keys_role_check', `role IN ('ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER')`)
@Unique('api_keys_hash_key', ['hash'])
@Index('api_keys_organization_id_idx', ['organizationId'])
@Index('api_keys_created_at_id_idx', ['createdAt', 'id'])
export class ApiKeyRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'api_keys_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'api_keys_organization_id_fkey' })
  organization: Relation<OrganizationRow>;

  @Column('text')
  name: string;

  @Column('text')
  role: Role;

  @Column('text')
  prefix: string;

  /** Keyed digest of the whole key. The key itself is not stored. */
  @Column({ type: 'bytea', select: false })
  hash: Buffer;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  /** At most a minute old. */
  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt: Date | null;
}
