import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'workspace_members' })
@Check('workspace_members_kind_check', `kind IN ('TEAMMATE', 'TEAM', 'ADDRESS')`)
export class WorkspaceMemberRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'workspace_members_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'workspace_members_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'workspace_members_pkey' })
  kind: 'TEAMMATE' | 'TEAM' | 'ADDRESS';

  @PrimaryColumn('text', { name: 'destination_id', primaryKeyConstraintName: 'workspace_members_pkey' })
  destinationId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'workspace_members_project_fkey' },
    {
      name: 'organization_id',
      referencedColumnName: 'organizationId',
      foreignKeyConstraintName: 'workspace_members_project_fkey',
    },
  ])
  project: Relation<ProjectRow>;
}
