import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { CrosswalkOrigin, CrosswalkState, DestinationType } from '../../domain/model/crosswalk.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { ProjectRow } from './project-row.js';

@Entity({ name: 'crosswalk' })
@Check('crosswalk_origin_check', `origin IN ('CREATED', 'ADOPTED')`)
@Check('crosswalk_state_check', `state IN ('ACTIVE', 'ROLLED_BACK')`)
@Unique('crosswalk_source_key', ['projectId', 'environment', 'sourceType', 'sourceId', 'destinationType'])
@Index('crosswalk_source_idx', ['sourceId', 'projectId', 'environment'])
@Index('crosswalk_destination_idx', ['destinationId', 'projectId', 'environment'])
@Index('crosswalk_conversation_idx', ['conversationId', 'projectId', 'environment'], { where: 'conversation_id IS NOT NULL' })
@Index('crosswalk_list_idx', { synchronize: false })
export class CrosswalkRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'crosswalk_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'project_id' })
  projectId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('text')
  environment: Environment;

  @Column({ type: 'text', name: 'source_type' })
  sourceType: RecordType;

  @Column({ type: 'text', name: 'source_id' })
  sourceId: string;

  @Column({ type: 'text', name: 'destination_type' })
  destinationType: DestinationType;

  @Column({ type: 'text', name: 'destination_id' })
  destinationId: string;

  @Column({ type: 'text', name: 'conversation_id', nullable: true })
  conversationId: string | null;

  @Column({ type: 'text', name: 'destination_url', nullable: true })
  destinationUrl: string | null;

  @Column('text')
  origin: CrosswalkOrigin;

  @Column({ type: 'text', default: 'ACTIVE' })
  state: CrosswalkState;

  @Column({ type: 'jsonb', name: 'pre_image', nullable: true })
  preImage: object | null;

  @Column({ type: 'timestamptz', name: 'loaded_at', precision: 3, default: () => 'clock_timestamp()' })
  loadedAt: Date;

  @Column({ type: 'timestamptz', name: 'verified_at', precision: 3, nullable: true })
  verifiedAt: Date | null;

  @ManyToOne(() => ProjectRow)
  @JoinColumn([
    { name: 'project_id', referencedColumnName: 'id', foreignKeyConstraintName: 'crosswalk_project_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'crosswalk_project_fkey' },
  ])
  project: Relation<ProjectRow>;
}
