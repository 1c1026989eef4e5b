import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { RunRow } from './run-row.js';

/** Who works on a run, and until when. It is a separate row, because writes lock the row of the run. */
@Entity({ name: 'run_leases' })
export class RunLeaseRow {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'run_leases_pkey' })
  runId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column('uuid')
  owner: string;

  @Column('int')
  epoch: number;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  until: Date | null;

  @Column({ type: 'timestamptz', name: 'renewed_at', precision: 3, nullable: true })
  renewedAt: Date | null;

  /** JSON. */
  @Column({ type: 'text', nullable: true })
  contacts: string | null;

  @ManyToOne(() => RunRow)
  @JoinColumn([
    { name: 'run_id', referencedColumnName: 'id', foreignKeyConstraintName: 'run_leases_run_fkey' },
    { name: 'organization_id', referencedColumnName: 'organizationId', foreignKeyConstraintName: 'run_leases_run_fkey' },
  ])
  run: Relation<RunRow>;
}
