import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys that expire and are revoked; digests of secrets by a key of this installation's own. */
export class Keys1764640000000 implements MigrationInterface {
  name = 'Keys1764640000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row: the key of all digests of secrets, sealed by SECRETS_KEY. That it opens proves SECRETS_KEY.
      CREATE TABLE landfall.installation (
        singleton boolean NOT NULL DEFAULT true,
        sealed_digest_key text NOT NULL,
        CONSTRAINT installation_pkey PRIMARY KEY (singleton),
        CONSTRAINT installation_singleton_check CHECK (singleton)
      );
      -- Their keys were plain digests of credentials; what they knew is learnt again from the next answer.
      DELETE FROM landfall.rate_budgets;

      CREATE FUNCTION landfall.root_organization() RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT id FROM landfall.organizations WHERE parent_id IS NULL $$;

      ALTER TABLE landfall.api_keys
        ADD COLUMN expires_at timestamptz(3), ADD COLUMN revoked_at timestamptz(3), ADD COLUMN last_used_at timestamptz(3);
      CREATE INDEX api_keys_created_at_id_idx ON landfall.api_keys (created_at, id);

      DROP FUNCTION landfall.authenticate(bytea);
      CREATE FUNCTION landfall.authenticate(key_hash bytea)
        RETURNS TABLE (api_key_id uuid, name text, role text, organization_id uuid, use_is_due boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, k.name, k.role, k.organization_id, coalesce(k.last_used_at < now() - interval '1 minute', true)
              FROM landfall.api_keys k WHERE k.hash = key_hash AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) $$;

      CREATE FUNCTION landfall.note_use(key_id uuid) RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
        AS $$ UPDATE landfall.api_keys SET last_used_at = now()
              WHERE id = key_id AND coalesce(last_used_at < now() - interval '1 minute', true) $$;

      -- Of these keys those that are good, with the time until they expire.
      CREATE FUNCTION landfall.good_keys(key_ids uuid[]) RETURNS TABLE (api_key_id uuid, left_ms float8)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, extract(epoch FROM k.expires_at - now()) * 1000 FROM landfall.api_keys k
              WHERE k.id = ANY (key_ids) AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) $$;

      -- Ends what is open under a revoked key, in every process.
      CREATE FUNCTION landfall.wake_key() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('landfall_wake', NEW.id::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER api_keys_wake AFTER UPDATE OF revoked_at ON landfall.api_keys
        FOR EACH ROW EXECUTE FUNCTION landfall.wake_key();

      REVOKE EXECUTE ON FUNCTION landfall.root_organization, landfall.authenticate, landfall.note_use, landfall.good_keys FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER api_keys_wake ON landfall.api_keys;
      DROP FUNCTION landfall.wake_key, landfall.good_keys, landfall.note_use, landfall.authenticate, landfall.root_organization;
      DROP INDEX landfall.api_keys_created_at_id_idx;
      ALTER TABLE landfall.api_keys DROP COLUMN expires_at, DROP COLUMN revoked_at, DROP COLUMN last_used_at;
      DROP TABLE landfall.installation;
      CREATE FUNCTION landfall.authenticate(key_hash bytea)
        RETURNS TABLE (api_key_id uuid, name text, role text, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, k.name, k.role, k.organization_id FROM landfall.api_keys k WHERE k.hash = key_hash $$;
      REVOKE EXECUTE ON FUNCTION landfall.authenticate FROM PUBLIC;
    `);
  }
}
