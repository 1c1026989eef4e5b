import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { AgentStatus } from '../../domain/model/agent.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'agents' })
@Check('agents_status_check', `status IN ('MATCHED', 'UNMATCHED', 'PLACEHOLDER')`)
@Unique('agents_project_id_source_id_key', ['projectId', 'sourceId'])
@Index('agents_project_id_created_at_id_idx', ['projectId', 'createdAt', 'id'])
export class AgentRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'agents_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'source_id' })
  sourceId: string;

  @Column('text')
  name: string;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', default: 'UNMATCHED' })
  status: AgentStatus;

  @Column({ type: 'text', name: 'teammate_email', nullable: true })
  teammateEmail: string | null;

  /** Whether a person has answered. */
  @Column({ type: 'boolean', default: false })
  answered: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'agents_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'agents_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
