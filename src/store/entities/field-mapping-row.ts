import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type {
  AttributeType,
  FieldMappingAction,
  FieldProfile,
  MappedType,
  MappingLoss,
  ValueMapping,
} from '../../domain/mapping/field-mapping.js';
import { MappingVersionRow } from './mapping-version-row.js';

@Entity({ name: 'field_mappings' })
@Check('field_mappings_action_check', `action IN ('MAP', 'CREATE_ATTRIBUTE', 'IGNORE', 'UNDECIDED')`)
@Unique('field_mappings_path_key', ['mappingVersionId', 'recordType', 'sourcePath'])
@Index('field_mappings_position_idx', ['mappingVersionId', 'position'])
export class FieldMappingRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'field_mappings_pkey' })
  id: string;

  @Column({ type: 'uuid', name: 'mapping_version_id' })
  mappingVersionId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('int')
  position: number;

  @Column({ type: 'text', name: 'record_type' })
  recordType: MappedType;

  @Column({ type: 'text', name: 'source_path' })
  sourcePath: string;

  @Column('text')
  action: FieldMappingAction;

  @Column({ type: 'text', name: 'target_path', nullable: true })
  targetPath: string | null;

  @Column({ type: 'text', name: 'attribute_type', nullable: true })
  attributeType: AttributeType | null;

  @Column({ type: 'text', name: 'proposed_target', nullable: true })
  proposedTarget: string | null;

  @Column({ type: 'text', name: 'ignore_reason', nullable: true })
  ignoreReason: string | null;

  @Column('double precision')
  confidence: number;

  @Column('text')
  rationale: string;

  @Column('jsonb')
  profile: FieldProfile;

  @Column('jsonb')
  losses: MappingLoss[];

  @Column({ type: 'jsonb', name: 'value_mappings' })
  values: ValueMapping[];

  @Column({ type: 'text', name: 'default_value', nullable: true })
  defaultValue: string | null;

  @Column({ type: 'text', name: 'suggested_target', nullable: true })
  suggestedTarget: string | null;

  @Column({ type: 'double precision', name: 'suggestion_confidence', nullable: true })
  suggestionConfidence: number | null;

  @Column({ type: 'text', name: 'suggestion_reason', nullable: true })
  suggestionReason: string | null;

  @ManyToOne(() => MappingVersionRow)
  @JoinColumn([
    { name: 'mapping_version_id', referencedColumnName: 'id', foreignKeyConstraintName: 'field_mappings_version_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'field_mappings_version_fkey' },
  ])
  mappingVersion: Relation<MappingVersionRow>;
}
