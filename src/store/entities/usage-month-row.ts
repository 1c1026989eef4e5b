import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { OrganizationRow } from './organization-row.js';

@Entity({ name: 'usage_months' })
export class UsageMonthRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'usage_months_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'usage_months_pkey' })
  month: string;

  @Column('bigint')
  requests: string;

  @Column('bigint')
  calls: string;

  @Column({ type: 'bigint', name: 'records_read' })
  recordsRead: string;

  @Column({ type: 'bigint', name: 'records_loaded' })
  recordsLoaded: string;

  @Column({ type: 'bigint', name: 'bytes_stored' })
  bytesStored: string;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'organization_id', foreignKeyConstraintName: 'usage_months_organization_id_fkey' })
  organization: Relation<OrganizationRow>;
}
