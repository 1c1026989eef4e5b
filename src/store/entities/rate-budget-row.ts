import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'rate_budgets' })
export class RateBudgetRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_budgets_pkey' })
  key: string;

  @Column({ type: 'int', nullable: true })
  remaining: number | null;

  @Column({ type: 'timestamptz', name: 'window_started_at', precision: 3 })
  windowStartedAt: Date;

  @Column({ type: 'timestamptz', name: 'blocked_until', precision: 3 })
  blockedUntil: Date;

  /** For a window with a known limit and end. */
  @Column({ type: 'int', name: 'window_limit', nullable: true })
  windowLimit: number | null;

  @Column({ type: 'timestamptz', name: 'window_ends_at', precision: 3, nullable: true })
  windowEndsAt: Date | null;

  @Column({ type: 'int', name: 'window_ms', nullable: true })
  windowMs: number | null;
}
