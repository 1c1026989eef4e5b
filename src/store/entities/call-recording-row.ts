import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { ReattachmentStatus, RecordingAvailability } from '../../domain/model/call-recording.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'call_recordings' })
@Unique('call_recordings_call_key', ['projectId', 'callId'])
@Index('call_recordings_sha256_idx', ['sha256'])
@Index('call_recordings_phones_idx', ['phones'], { type: 'gin' } as never)
@Check(
  'call_recordings_availability_check',
  `availability IN ('DOWNLOADED', 'FORBIDDEN', 'EXPIRED', 'MISSING', 'CORRUPT', 'PENDING')`,
)
@Check('call_recordings_status_check', `status IN ('PENDING', 'CLAIMED', 'ATTACHED', 'NOT_POSSIBLE')`)
export class CallRecordingRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'call_recordings_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'text', name: 'call_id' })
  callId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'ticket_id', nullable: true })
  ticketId: string | null;

  @Column({ type: 'text', name: 'contact_id', nullable: true })
  contactId: string | null;

  @Column({ type: 'text', name: 'agent_id', nullable: true })
  agentId: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column('text', { array: true, default: () => "'{}'" })
  phones: string[];

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'integer', name: 'duration_seconds', nullable: true })
  durationSeconds: number | null;

  @Column('text')
  availability: RecordingAvailability;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'text', name: 'content_type', nullable: true })
  contentType: string | null;

  @Column({ type: 'text', nullable: true })
  sha256: string | null;

  @Column({ type: 'bigint', name: 'byte_size', nullable: true })
  byteSize: string | null;

  @Column({ type: 'text', default: 'PENDING' })
  status: ReattachmentStatus;

  @Column({ type: 'text', name: 'claimed_by', nullable: true })
  claimedBy: string | null;

  @Column({ type: 'text', name: 'claimed_by_key', nullable: true })
  claimedByKey: string | null;

  @Column({ type: 'timestamptz', name: 'claim_expires_at', precision: 3, nullable: true })
  claimExpiresAt: Date | null;

  @Column({ type: 'timestamptz', name: 'closed_at', precision: 3, nullable: true })
  closedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'uuid', name: 'attach_token', nullable: true })
  attachToken: string | null;

  @Column({ type: 'text', name: 'attach_by', nullable: true })
  attachBy: string | null;

  @Column({ type: 'text', name: 'attach_key', nullable: true })
  attachKey: string | null;

  @Column({ type: 'timestamptz', name: 'attach_until', precision: 3, nullable: true })
  attachUntil: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'call_recordings_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'call_recordings_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
