import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations, keys, projects, their events: every table a tenant table, closed by row-level security. */
export class Tenancy1764000000000 implements MigrationInterface {
  name = 'Tenancy1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The organization on whose behalf this transaction runs; null where nobody has said.
      CREATE FUNCTION landfall.scope() RETURNS uuid LANGUAGE sql STABLE
        AS $$ SELECT NULLIF(current_setting('landfall.organization_id', true), '')::uuid $$;

      CREATE TABLE landfall.organizations (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        name text NOT NULL,
        kind text NOT NULL,
        parent_id uuid,
        path uuid[] NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT organizations_pkey PRIMARY KEY (id),
        CONSTRAINT organizations_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES landfall.organizations (id),
        CONSTRAINT organizations_kind_check CHECK (kind IN ('PARTNER', 'AGENCY', 'CUSTOMER'))
      );
      CREATE INDEX organizations_path_idx ON landfall.organizations USING gin (path);

      CREATE FUNCTION landfall.set_organization_path() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN RAISE 'an organization keeps its parent'; END IF;
          NEW.path := OLD.path;
        ELSIF NEW.parent_id IS NULL THEN
          NEW.path := ARRAY[NEW.id];
        ELSE
          SELECT path || NEW.id INTO STRICT NEW.path FROM landfall.organizations WHERE id = NEW.parent_id;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER organizations_path BEFORE INSERT OR UPDATE ON landfall.organizations
        FOR EACH ROW EXECUTE FUNCTION landfall.set_organization_path();

      CREATE TABLE landfall.api_keys (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        prefix text NOT NULL,
        hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT api_keys_pkey PRIMARY KEY (id),
        CONSTRAINT api_keys_hash_key UNIQUE (hash),
        CONSTRAINT api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id),
        CONSTRAINT api_keys_role_check CHECK (role IN ('ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'))
      );
      CREATE INDEX api_keys_organization_id_idx ON landfall.api_keys (organization_id);

      CREATE TABLE landfall.projects (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        name text NOT NULL,
        external_ref text,
        stage text NOT NULL DEFAULT 'DISCOVERY',
        last_event_seq integer NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT projects_pkey PRIMARY KEY (id),
        CONSTRAINT projects_external_ref_key UNIQUE (organization_id, external_ref),
        CONSTRAINT projects_id_organization_id_key UNIQUE (id, organization_id),
        CONSTRAINT projects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id),
        CONSTRAINT projects_stage_check CHECK (stage IN
          ('DISCOVERY', 'EXTRACTION', 'MAPPING', 'PROVISIONING', 'SANDBOX', 'PRODUCTION', 'CUTOVER', 'HYPERCARE', 'CLOSED'))
      );
      CREATE INDEX projects_created_at_id_idx ON landfall.projects (created_at, id);

      CREATE TABLE landfall.project_events (
        project_id uuid NOT NULL,
        seq integer NOT NULL,
        organization_id uuid NOT NULL,
        at timestamptz(3) NOT NULL,
        type text NOT NULL,
        run_id uuid,
        message text NOT NULL,
        data jsonb NOT NULL,
        CONSTRAINT project_events_pkey PRIMARY KEY (project_id, seq),
        CONSTRAINT project_events_project_fkey FOREIGN KEY (project_id, organization_id)
          REFERENCES landfall.projects (id, organization_id)
      );
      -- Whoever waits for events is told to look again, by the same transaction and in every process.
      CREATE FUNCTION landfall.wake_project() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('landfall_wake', NEW.project_id::text);
        RETURN NULL;
      END $$;
      CREATE TRIGGER project_events_wake AFTER INSERT ON landfall.project_events
        FOR EACH ROW EXECUTE FUNCTION landfall.wake_project();

      CREATE TABLE landfall.idempotency_keys (
        organization_id uuid NOT NULL,
        key text NOT NULL,
        input_hash bytea NOT NULL,
        result jsonb,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, key),
        CONSTRAINT idempotency_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id)
      );
      CREATE INDEX idempotency_keys_created_at_idx ON landfall.idempotency_keys (created_at);
    `);
    await runner.query(`
      ALTER TABLE landfall.organizations ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.organizations USING (path @> ARRAY[landfall.scope()]);
    `);
    // A row is visible where its organization is: one rule, in one place.
    for (const table of ['api_keys', 'projects', 'project_events', 'idempotency_keys']) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
    await runner.query(`
      -- What must happen before a scope is known, and nothing else, runs with the owner's rights.
      CREATE FUNCTION landfall.authenticate(key_hash bytea)
        RETURNS TABLE (api_key_id uuid, name text, role text, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, k.name, k.role, k.organization_id FROM landfall.api_keys k WHERE k.hash = key_hash $$;

      -- Gives the root organization an ADMIN key, and makes the organization where it is missing. True where the key is new.
      CREATE FUNCTION landfall.bootstrap(key_hash bytea, key_prefix text, key_name text, only_first boolean) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE root uuid;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('landfall.bootstrap'));
        IF only_first AND EXISTS (SELECT FROM landfall.api_keys) THEN RETURN false; END IF;
        SELECT id INTO root FROM landfall.organizations WHERE parent_id IS NULL;
        IF root IS NULL THEN
          INSERT INTO landfall.organizations (name, kind) VALUES ('Root', 'PARTNER') RETURNING id INTO root;
        END IF;
        INSERT INTO landfall.api_keys (organization_id, name, role, prefix, hash)
          VALUES (root, key_name, 'ADMIN', key_prefix, key_hash) ON CONFLICT (hash) DO NOTHING;
        RETURN FOUND;
      END $$;

      CREATE FUNCTION landfall.purge_idempotency_keys(kept interval) RETURNS bigint
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
          WITH gone AS (DELETE FROM landfall.idempotency_keys WHERE created_at < now() - kept RETURNING 1)
          SELECT count(*) FROM gone $$;

      REVOKE EXECUTE ON FUNCTION landfall.authenticate, landfall.bootstrap, landfall.purge_idempotency_keys FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION landfall.purge_idempotency_keys, landfall.bootstrap, landfall.authenticate;
      DROP TABLE landfall.idempotency_keys, landfall.project_events, landfall.projects, landfall.api_keys, landfall.organizations;
      DROP FUNCTION landfall.wake_project, landfall.set_organization_path, landfall.scope;
    `);
  }
}
