import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections, runs and what they read: staged records, their census, issues. */
export class Extraction1764100000000 implements MigrationInterface {
  name = 'Extraction1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.connections (
        project_id uuid NOT NULL,
        side text NOT NULL,
        organization_id uuid NOT NULL,
        base_url text NOT NULL,
        sealed_secret text NOT NULL,
        options jsonb NOT NULL DEFAULT '{}',
        status text NOT NULL,
        detail text,
        checked_at timestamptz(3),
        workspace_id text,
        workspace_name text,
        CONSTRAINT connections_pkey PRIMARY KEY (project_id, side),
        CONSTRAINT connections_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT connections_side_check CHECK (side IN ('SOURCE', 'SANDBOX', 'DESTINATION')),
        CONSTRAINT connections_status_check CHECK (status IN ('UNTESTED', 'OK', 'FAILED'))
      );

      CREATE TABLE landfall.runs (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        kind text NOT NULL,
        environment text,
        state text NOT NULL DEFAULT 'QUEUED',
        wanted text,
        blocker_code text,
        blocker_message text,
        fraction double precision NOT NULL DEFAULT 0,
        waiting_for text,
        lease_owner uuid,
        lease_epoch integer NOT NULL DEFAULT 0,
        lease_until timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        started_at timestamptz(3),
        finished_at timestamptz(3),
        CONSTRAINT runs_pkey PRIMARY KEY (id),
        CONSTRAINT runs_id_organization_id_key UNIQUE (id, organization_id),
        CONSTRAINT runs_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT runs_state_check CHECK (state IN
          ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED')),
        CONSTRAINT runs_wanted_check CHECK (wanted IN ('PAUSE', 'CANCEL'))
      );
      -- The source is read by one run of a project at a time.
      CREATE UNIQUE INDEX runs_one_reader_key ON landfall.runs (project_id)
        WHERE kind IN ('DISCOVERY', 'EXTRACTION') AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED');
      CREATE INDEX runs_project_id_created_at_id_idx ON landfall.runs (project_id, created_at, id);
      CREATE INDEX runs_waiting_idx ON landfall.runs (id) WHERE state IN ('QUEUED', 'RUNNING');

      CREATE TABLE landfall.run_phases (
        run_id uuid NOT NULL,
        name text NOT NULL,
        organization_id uuid NOT NULL,
        position integer NOT NULL,
        record_type text,
        state text NOT NULL DEFAULT 'QUEUED',
        source integer,
        staged integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        failed integer NOT NULL DEFAULT 0,
        api_calls integer NOT NULL DEFAULT 0,
        reason text,
        checkpoint jsonb NOT NULL DEFAULT '{}',
        started_at timestamptz(3),
        finished_at timestamptz(3),
        CONSTRAINT run_phases_pkey PRIMARY KEY (run_id, name),
        CONSTRAINT run_phases_run_fkey FOREIGN KEY (run_id, organization_id) REFERENCES landfall.runs (id, organization_id)
      );

      CREATE TABLE landfall.staged_records (
        project_id uuid NOT NULL,
        listing text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        parent_id text,
        -- The exact JSON text: jsonb refuses NUL and lone surrogates, and would change numbers and the order of names.
        raw text NOT NULL,
        hash bytea NOT NULL,
        created_at timestamptz(3),
        updated_at timestamptz(3),
        channel text,
        refs text[] NOT NULL DEFAULT '{}',
        tags text[] NOT NULL DEFAULT '{}',
        seen_run uuid NOT NULL,
        seen_sweep integer NOT NULL,
        gone_at timestamptz(3),
        CONSTRAINT staged_records_pkey PRIMARY KEY (project_id, listing, source_id),
        CONSTRAINT staged_records_project_fkey FOREIGN KEY (project_id, organization_id)
          REFERENCES landfall.projects (id, organization_id)
      );
      CREATE INDEX staged_records_parent_idx ON landfall.staged_records (project_id, listing, parent_id) WHERE parent_id IS NOT NULL;

      -- The census of each parent's children: a ticket's logs.
      CREATE TABLE landfall.child_listings (
        project_id uuid NOT NULL,
        listing text NOT NULL,
        parent_id text NOT NULL,
        organization_id uuid NOT NULL,
        run_id uuid NOT NULL,
        total integer,
        outcome text NOT NULL,
        CONSTRAINT child_listings_pkey PRIMARY KEY (project_id, listing, parent_id),
        CONSTRAINT child_listings_project_fkey FOREIGN KEY (project_id, organization_id)
          REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT child_listings_outcome_check CHECK (outcome IN ('LISTED', 'SKIPPED', 'FAILED'))
      );

      CREATE TABLE landfall.issues (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        run_id uuid,
        code text NOT NULL,
        severity text NOT NULL,
        status text NOT NULL DEFAULT 'OPEN',
        record_type text,
        listing text,
        source_id text,
        about text NOT NULL DEFAULT '',
        message text NOT NULL,
        hint text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT issues_pkey PRIMARY KEY (id),
        CONSTRAINT issues_subject_key UNIQUE NULLS NOT DISTINCT (project_id, code, listing, source_id, about),
        CONSTRAINT issues_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT issues_severity_check CHECK (severity IN ('INFO', 'WARNING', 'ERROR')),
        CONSTRAINT issues_status_check CHECK (status IN ('OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED'))
      );
      CREATE INDEX issues_project_id_created_at_id_idx ON landfall.issues (project_id, created_at, id);

      CREATE TABLE landfall.discoveries (
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        content jsonb NOT NULL,
        CONSTRAINT discoveries_pkey PRIMARY KEY (project_id),
        CONSTRAINT discoveries_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );

      -- Of a (host, credential), by a digest; it belongs to no tenant and tells nothing of one.
      CREATE TABLE landfall.rate_budgets (
        key text NOT NULL,
        remaining integer,
        window_started_at timestamptz(3) NOT NULL,
        blocked_until timestamptz(3) NOT NULL,
        CONSTRAINT rate_budgets_pkey PRIMARY KEY (key)
      );
    `);
    for (const table of ['connections', 'runs', 'run_phases', 'staged_records', 'child_listings', 'issues', 'discoveries']) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
    await runner.query(`
      CREATE FUNCTION landfall.wake_run() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('landfall_wake', to_jsonb(NEW) ->> TG_ARGV[0]);
        RETURN NULL;
      END $$;
      CREATE TRIGGER runs_wake AFTER INSERT OR UPDATE ON landfall.runs FOR EACH ROW EXECUTE FUNCTION landfall.wake_run('id');
      CREATE TRIGGER run_phases_wake AFTER INSERT OR UPDATE ON landfall.run_phases
        FOR EACH ROW EXECUTE FUNCTION landfall.wake_run('run_id');

      -- Runs that wait for a worker, or whose worker has been silent for longer than its lease: over all tenants.
      CREATE FUNCTION landfall.runs_to_take() RETURNS TABLE (run_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT id, organization_id FROM landfall.runs
          WHERE state = 'QUEUED' OR (state = 'RUNNING' AND (lease_until IS NULL OR lease_until < clock_timestamp()))
          ORDER BY created_at $$;
      REVOKE EXECUTE ON FUNCTION landfall.runs_to_take FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION landfall.runs_to_take;
      DROP TABLE landfall.rate_budgets, landfall.discoveries, landfall.issues, landfall.child_listings, landfall.staged_records,
        landfall.run_phases, landfall.runs, landfall.connections;
      DROP FUNCTION landfall.wake_run;
    `);
  }
}
