import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { DestinationType } from '../../domain/model/crosswalk.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { PlannedActionName, PlannedChange } from '../../domain/rollback/plan.js';
import type { Reason } from '../../domain/rollback/reasons.js';
import { RollbackPlanRow } from './rollback-plan-row.js';

export type RollbackState = 'PLANNED' | 'BEGUN' | 'DONE' | 'FAILED' | 'KEPT';

@Entity({ name: 'rollback_objects' })
@Check('rollback_objects_action_check', `action IN ('DELETE', 'ARCHIVE', 'RESTORE', 'KEEP')`)
@Check('rollback_objects_state_check', `state IN ('PLANNED', 'BEGUN', 'DONE', 'FAILED', 'KEPT')`)
@Index('rollback_objects_run_id_place_idx', ['runId', 'place', 'destinationId'])
export class RollbackObjectRow {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'rollback_objects_pkey' })
  runId: string;

  @PrimaryColumn('text', { name: 'destination_type', primaryKeyConstraintName: 'rollback_objects_pkey' })
  destinationType: DestinationType;

  @PrimaryColumn('text', { name: 'destination_id', primaryKeyConstraintName: 'rollback_objects_pkey' })
  destinationId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('int')
  place: number;

  @Column({ type: 'text', name: 'source_type', nullable: true })
  sourceType: RecordType | null;

  @Column({ type: 'text', name: 'source_ids', array: true })
  sourceIds: string[];

  @Column('text')
  action: PlannedActionName;

  @Column('text')
  reason: Reason;

  @Column('text')
  label: string;

  @Column({ type: 'text', nullable: true })
  digest: string | null;

  @Column('jsonb')
  change: PlannedChange;

  @Column('text')
  state: RollbackState;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @ManyToOne(() => RollbackPlanRow)
  @JoinColumn({ name: 'run_id', referencedColumnName: 'runId', foreignKeyConstraintName: 'rollback_objects_plan_fkey' })
  plan: Relation<RollbackPlanRow>;
}
