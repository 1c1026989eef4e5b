import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { Role, Scope } from '../../domain/model/principal.js';
import { OrganizationRow } from './organization-row.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'api_keys' })
@Check('api_keys_role_check', `role IN ('ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER')`)
@Check('api_keys_scopes_check', `scopes <@ ARRAY['READ', 'PROJECTS', 'MAPPING', 'RUNS', 'RECORDINGS', 'ADMIN']`)
@Check('api_keys_shared_check', `shared_project_id IS NULL OR (role = 'VIEWER' AND expires_at IS NOT NULL)`)
@Unique('api_keys_hash_key', ['hash'])
@Index('api_keys_organization_id_idx', ['organizationId'])
@Index('api_keys_created_at_id_idx', ['createdAt', 'id'])
@Index('api_keys_shared_project_id_idx', ['sharedProjectId'], { where: 'shared_project_id IS NOT NULL' })
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

  /** Null: everything that the role may do. */
  @Column({ type: 'text', array: true, nullable: true })
  scopes: Scope[] | null;

  /** The only projects that the key sees; null for all. */
  @Column({ type: 'uuid', name: 'project_ids', array: true, nullable: true })
  projectIds: string[] | null;

  /** The project of a share token; null for an API key. */
  @Column({ type: 'uuid', name: 'shared_project_id', nullable: true })
  sharedProjectId: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'shared_project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'api_keys_shared_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'api_keys_shared_project_fkey' },
  ])
  sharedProject: Relation<ProjectRow> | null;

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
