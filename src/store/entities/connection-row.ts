import { Check, Column, Entity, Generated, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import type { ConnectionSide, ConnectionStatus } from '../../domain/model/connection.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'connections' })
@Check('connections_side_check', `side IN ('SOURCE', 'SANDBOX', 'DESTINATION')`)
@Check('connections_status_check', `status IN ('UNTESTED', 'OK', 'FAILED')`)
@Unique('connections_id_key', ['id'])
export class ConnectionRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'connections_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'connections_pkey' })
  side: ConnectionSide;

  @Column('uuid')
  @Generated('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'base_url' })
  baseUrl: string;

  @Column({ type: 'text', name: 'sealed_secret', select: false })
  sealedSecret: string;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  options: Record<string, unknown>;

  @Column('text')
  status: ConnectionStatus;

  @Column({ type: 'text', nullable: true })
  detail: string | null;

  @Column({ type: 'timestamptz', name: 'checked_at', precision: 3, nullable: true })
  checkedAt: Date | null;

  @Column({ type: 'text', name: 'workspace_id', nullable: true })
  workspaceId: string | null;

  @Column({ type: 'text', name: 'workspace_name', nullable: true })
  workspaceName: string | null;

  @Column({ type: 'text', array: true, name: 'missing_permissions', default: () => "'{}'" })
  missingPermissions: string[];

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'connections_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'connections_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
