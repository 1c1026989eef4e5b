import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { ChecklistCode, ChecklistState } from '../../domain/model/provisioning-checklist.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'provisioning_checks' })
export class ProvisioningCheckRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'provisioning_checks_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'provisioning_checks_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'provisioning_checks_pkey' })
  code: ChecklistCode;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'run_id' })
  runId: string;

  @Column({ type: 'text', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'uuid', name: 'mapping_version_id' })
  mappingVersionId: string;

  @Column('text')
  state: ChecklistState;

  @Column('text')
  message: string;

  /** JSON. */
  @Column({ type: 'text', nullable: true })
  details: string | null;

  @Column({ type: 'timestamptz', name: 'checked_at', precision: 3, default: () => 'clock_timestamp()' })
  checkedAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'provisioning_checks_project_fkey' },
    {
      name: 'organization_id',
      referencedColumnName: 'organizationId',
      foreignKeyConstraintName: 'provisioning_checks_project_fkey',
    },
  ])
  project: Relation<ProjectRow>;
}
