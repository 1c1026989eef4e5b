import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { AttributeType } from '../../domain/mapping/field-mapping.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'provisioned_objects' })
@Check('provisioned_objects_origin_check', `origin IN ('CREATED', 'FOUND')`)
export class ProvisionedObjectRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'provisioned_objects_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'provisioned_objects_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'provisioned_objects_pkey' })
  kind: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'provisioned_objects_pkey' })
  name: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'workspace_id' })
  workspaceId: string;

  @Column({ type: 'text', name: 'destination_id' })
  destinationId: string;

  @Column('text')
  origin: 'CREATED' | 'FOUND';

  @Column({ type: 'text', name: 'attribute_type', nullable: true })
  attributeType: AttributeType | null;

  @Column({ type: 'text', name: 'text_attributes', array: true, default: () => `'{}'` })
  textAttributes: string[];

  @Column({ type: 'uuid', name: 'run_id' })
  runId: string;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'provisioned_objects_project_fkey' },
    {
      name: 'organization_id',
      referencedColumnName: 'organizationId',
      foreignKeyConstraintName: 'provisioned_objects_project_fkey',
    },
  ])
  project: Relation<ProjectRow>;
}
