import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ProjectRow } from './project-row.js';
import { RunRow } from './run-row.js';

/** The approval of a SANDBOX run by a person. PRODUCTION is bound to it. */
@Entity({ name: 'sign_offs' })
@Index('sign_offs_project_id_signed_at_id_idx', ['projectId', 'signedAt', 'id'])
export class SignOffRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'sign_offs_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'run_id' })
  runId: string;

  @Column({ type: 'text', name: 'mapping_hash' })
  mappingHash: string;

  @Column({ type: 'text', name: 'sample_digest' })
  sampleDigest: string;

  @Column({ type: 'text', name: 'signed_by' })
  signedBy: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'timestamptz', name: 'signed_at', precision: 3, default: () => 'clock_timestamp()' })
  signedAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'sign_offs_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'sign_offs_project_fkey' },
  ])
  project: Relation<ProjectRow>;

  @ManyToOne(() => RunRow)
  @JoinColumn([
    { name: 'run_id', referencedColumnName: 'id', foreignKeyConstraintName: 'sign_offs_run_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'sign_offs_run_fkey' },
  ])
  run: Relation<RunRow>;
}
