import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leases in rows of their own, so that a sign of life waits for nobody who writes to the run; fair turns; uploads that hold no lock. */
export class FairShares1764620000000 implements MigrationInterface {
  name = 'FairShares1764620000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.run_leases (
        run_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        owner uuid NOT NULL,
        -- Like that of the run, which is what writes are fenced by.
        epoch integer NOT NULL,
        -- Null: its owner has given it up.
        until timestamptz(3),
        CONSTRAINT run_leases_pkey PRIMARY KEY (run_id),
        CONSTRAINT run_leases_run_fkey FOREIGN KEY (run_id, organization_id) REFERENCES landfall.runs (id, organization_id)
      );
      ALTER TABLE landfall.run_leases ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.run_leases USING (organization_id IN (SELECT id FROM landfall.organizations));
      INSERT INTO landfall.run_leases (run_id, organization_id, owner, epoch, until)
        SELECT id, organization_id, lease_owner, lease_epoch, lease_until FROM landfall.runs WHERE lease_owner IS NOT NULL;
      ALTER TABLE landfall.runs DROP lease_owner, DROP lease_until;

      -- Runs that wait for a worker, or whose worker has been silent for longer than its lease: over all tenants, and of each
      -- tenant its oldest first, so that many runs of one do not hide those of another.
      CREATE OR REPLACE FUNCTION landfall.runs_to_take() RETURNS TABLE (run_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT id, organization_id FROM (
            SELECT r.id, r.organization_id, r.created_at, row_number() OVER (PARTITION BY r.organization_id ORDER BY r.created_at, r.id) AS place
            FROM landfall.runs r LEFT JOIN landfall.run_leases l ON l.run_id = r.id
            WHERE r.state = 'QUEUED' OR (r.state = 'RUNNING' AND (l.until IS NULL OR l.until < clock_timestamp()))
          ) AS waiting WHERE place <= 16 ORDER BY place, created_at, id LIMIT 500 $$;

      -- What the server lacks, by the runs that it blocks: over all tenants, and without a word of theirs.
      ALTER TABLE landfall.runs ADD blocked_at timestamptz(3);
      CREATE INDEX runs_blocked_idx ON landfall.runs (blocker_code, blocked_at) WHERE state = 'BLOCKED';
      CREATE FUNCTION landfall.recent_shortages(codes text[], within interval) RETURNS TABLE (code text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT DISTINCT blocker_code FROM landfall.runs
          WHERE state = 'BLOCKED' AND blocker_code = ANY(codes) AND blocked_at > clock_timestamp() - within ORDER BY 1 $$;
      REVOKE EXECUTE ON FUNCTION landfall.recent_shortages FROM PUBLIC;

      -- Who uploads a recording just now, and until when: nothing is locked meanwhile.
      ALTER TABLE landfall.call_recordings ADD attach_token uuid, ADD attach_by text, ADD attach_key text, ADD attach_until timestamptz(3);

      -- Drafts are loaded in the order of their weight: a portion must not cost a look at all of them.
      CREATE INDEX drafts_weight_idx ON landfall.drafts (project_id, environment, record_type, weight, source_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX landfall.drafts_weight_idx;
      DROP FUNCTION landfall.recent_shortages;
      ALTER TABLE landfall.runs DROP blocked_at;
      ALTER TABLE landfall.call_recordings DROP attach_token, DROP attach_by, DROP attach_key, DROP attach_until;
      ALTER TABLE landfall.runs ADD lease_owner uuid, ADD lease_until timestamptz(3);
      UPDATE landfall.runs r SET lease_owner = l.owner, lease_until = l.until FROM landfall.run_leases l WHERE l.run_id = r.id;
      CREATE OR REPLACE FUNCTION landfall.runs_to_take() RETURNS TABLE (run_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT id, organization_id FROM landfall.runs
          WHERE state = 'QUEUED' OR (state = 'RUNNING' AND (lease_until IS NULL OR lease_until < clock_timestamp()))
          ORDER BY created_at $$;
      DROP TABLE landfall.run_leases;
    `);
  }
}
