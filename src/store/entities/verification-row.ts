import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import type { FieldCounts, FieldDifference } from '../../domain/verify/verification.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'verifications' })
export class VerificationRow {
  @PrimaryColumn('uuid', { name: 'project_id', primaryKeyConstraintName: 'verifications_pkey' })
  projectId: string;

  @PrimaryColumn('text', { name: 'environment', primaryKeyConstraintName: 'verifications_pkey' })
  environment: Environment;

  @PrimaryColumn('text', { name: 'record_type', primaryKeyConstraintName: 'verifications_pkey' })
  recordType: RecordType;

  @PrimaryColumn('text', { name: 'source_id', primaryKeyConstraintName: 'verifications_pkey' })
  sourceId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'destination_id', nullable: true })
  destinationId: string | null;

  @Column('jsonb')
  outcomes: Record<string, FieldCounts>;

  @Column('jsonb')
  differences: FieldDifference[];

  /** A digest of each field as it was read back last. */
  @Column({ type: 'jsonb', name: 'read_values', default: () => "'{}'" })
  readValues: Record<string, string>;

  /** For each field that is not literally equal: the rule by which it counts as arrived. */
  @Column({ type: 'jsonb', default: () => "'{}'" })
  rules: Record<string, string>;

  /** SHA-256 of the staged record; of messages, of all messages of their ticket. */
  @Column({ type: 'text', name: 'source_digest', nullable: true })
  sourceDigest: string | null;

  @Column({ type: 'text', name: 'draft_digest', nullable: true })
  draftDigest: string | null;

  @Column({ type: 'text', name: 'image_digest', nullable: true })
  imageDigest: string | null;

  @Column({ type: 'timestamptz', name: 'verified_at', precision: 3, default: () => 'clock_timestamp()' })
  verifiedAt: Date;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'verifications_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'verifications_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
