import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'rate_budgets' })
export class RateBudgetRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rate_budgets_pkey' })
  key: string;

  @Column('bigint')
  version: string;

  /** JSON that only src/rate reads. */
  @Column('text')
  state: string;
}
