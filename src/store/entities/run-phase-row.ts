import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { RecordType } from '../../domain/model/record-type.js';
import type { RunState } from '../../domain/model/run.js';
import { RunRow } from './run-row.js';

@Entity({ name: 'run_phases' })
export class RunPhaseRow {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'run_phases_pkey' })
  runId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'run_phases_pkey' })
  name: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('int')
  position: number;

  @Column({ type: 'text', name: 'record_type', nullable: true })
  recordType: RecordType | null;

  @Column({ type: 'text', default: 'QUEUED' })
  state: RunState;

  @Column({ type: 'int', nullable: true })
  source: number | null;

  @Column({ type: 'int', default: 0 })
  staged: number;

  @Column({ type: 'int', default: 0 })
  skipped: number;

  @Column({ type: 'int', default: 0 })
  failed: number;

  @Column({ type: 'int', name: 'api_calls', default: 0 })
  apiCalls: number;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'jsonb', default: () => "'{}'" })
  checkpoint: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, nullable: true })
  startedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt: Date | null;

  @ManyToOne(() => RunRow)
  @JoinColumn([
    { name: 'run_id', referencedColumnName: 'id', foreignKeyConstraintName: 'run_phases_run_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'run_phases_run_fkey' },
  ])
  run: Relation<RunRow>;
}
