import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Discovery } from '../../domain/model/discovery.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'discoveries' })
export class DiscoveryRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'discoveries_pkey' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('jsonb')
  content: Discovery;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'discoveries_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'discoveries_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
