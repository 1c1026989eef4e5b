import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { MappingStatus } from '../../domain/mapping/field-mapping.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'mapping_versions' })
@Check('mapping_versions_status_check', `status IN ('DRAFT', 'CONFIRMED', 'SUPERSEDED')`)
@Unique('mapping_versions_id_organization_id_key', ['id', 'organizationId'])
@Unique('mapping_versions_project_id_version_key', ['projectId', 'version'])
export class MappingVersionRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'mapping_versions_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('int')
  version: number;

  @Column({ type: 'text', default: 'DRAFT' })
  status: MappingStatus;

  @Column('text')
  hash: string;

  @Column({ type: 'text', name: 'confirmed_by', nullable: true })
  confirmedBy: string | null;

  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'mapping_versions_project_fkey' },
    {
      name: 'organization_id',
      referencedColumnName: 'organizationId',
      foreignKeyConstraintName: 'mapping_versions_project_fkey',
    },
  ])
  project: Relation<ProjectRow>;
}
