import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { DuplicateOutcome, DuplicateReason } from '../../domain/duplicates/duplicate-group.js';
import { ProjectRow } from './project-row.js';

/** Records of one type that become one, or look like one. */
@Entity({ name: 'duplicate_groups' })
export class DuplicateGroupRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'duplicate_groups_pkey' })
  projectId: string;

  @PrimaryColumn('int', { primaryKeyConstraintName: 'duplicate_groups_pkey' })
  position: number;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text', { name: 'record_type' })
  recordType: 'CONTACT' | 'COMPANY';

  @Column('text')
  outcome: DuplicateOutcome;

  @Column('text')
  reason: DuplicateReason;

  @Column('int')
  size: number;

  @Column('text', { name: 'source_ids', array: true })
  sourceIds: string[];

  @Column('text', { array: true })
  labels: string[];

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'duplicate_groups_project_fkey' },
    {
      name: 'organization_id',
      referencedColumnName: 'organizationId',
      foreignKeyConstraintName: 'duplicate_groups_project_fkey',
    },
  ])
  project: Relation<ProjectRow>;
}
