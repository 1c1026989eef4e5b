import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'installation' })
@Check('installation_singleton_check', 'singleton')
export class InstallationRow {
  @PrimaryColumn('boolean', { primaryKeyConstraintName: 'installation_pkey', default: true })
  singleton: boolean;

  /** The key of all digests of secrets, encrypted with SECRETS_KEY. */
  @Column({ type: 'text', name: 'sealed_digest_key' })
  sealedDigestKey: string;
}
