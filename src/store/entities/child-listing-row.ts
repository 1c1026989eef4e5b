import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'child_listings' })
@Check('child_listings_outcome_check', `outcome IN ('LISTED', 'SKIPPED', 'FAILED')`)
export class ChildListingRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'child_listings_pkey' })
  projectId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'child_listings_pkey' })
  listing: string;

  @PrimaryColumn('text', { name: 'parent_id', primaryKeyConstraintName: 'child_listings_pkey' })
  parentId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'run_id' })
  runId: string;

  @Column({ type: 'int', nullable: true })
  total: number | null;

  /** When they were listed last. */
  @Column({ type: 'timestamptz', name: 'listed_at', precision: 3, nullable: true })
  listedAt: Date | null;

  @Column('text')
  outcome: 'LISTED' | 'SKIPPED' | 'FAILED';

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'child_listings_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'child_listings_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
