import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { OrganizationKind } from '../../domain/model/organization.js';

@Entity({ name: 'organizations' })
@Check('organizations_kind_check', `kind IN ('PARTNER', 'AGENCY', 'CUSTOMER')`)
@Index('organizations_path_idx', { synchronize: false })
@Index('organizations_created_at_id_idx', ['createdAt', 'id'])
export class OrganizationRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'organizations_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: OrganizationKind;

  @Column({ type: 'uuid', name: 'parent_id', nullable: true })
  parentId: string | null;

  @ManyToOne(() => OrganizationRow)
  @JoinColumn({ name: 'parent_id', foreignKeyConstraintName: 'organizations_parent_id_fkey' })
  parent: Relation<OrganizationRow> | null;

  /** The root, …, the parent, the organization itself; set by a trigger. */
  @Column({ type: 'uuid', array: true, insert: false, update: false })
  path: string[];

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt: Date;
}
