import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that get the events of projects, and how far each has got. */
export class Webhooks1764790000000 implements MigrationInterface {
  name = 'Webhooks1764790000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.webhooks (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        -- Null: all projects of the organization and of those below it.
        project_id uuid,
        url text NOT NULL,
        description text,
        -- Empty: all types.
        event_types text[] NOT NULL DEFAULT '{}',
        -- Encrypted, the newest first. The second one still signs until previous_secret_until.
        sealed_secrets text[] NOT NULL,
        previous_secret_until timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        created_by text NOT NULL,
        disabled_at timestamptz(3),
        disabled_reason text,
        -- Attempts that failed since several projects fail; the pause of all projects follows from it.
        failures integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3),
        last_attempt_at timestamptz(3),
        last_success_at timestamptz(3),
        last_status integer,
        last_error text,
        -- One process sends at a time.
        lease_epoch integer NOT NULL DEFAULT 0,
        lease_until timestamptz(3),
        CONSTRAINT webhooks_pkey PRIMARY KEY (id),
        CONSTRAINT webhooks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id),
        CONSTRAINT webhooks_project_id_fkey FOREIGN KEY (project_id) REFERENCES landfall.projects (id),
        CONSTRAINT webhooks_disabled_reason_check CHECK (disabled_reason IN ('PERSON', 'FAILING', 'GONE'))
      );
      CREATE INDEX webhooks_organization_id_idx ON landfall.webhooks (organization_id);
      ALTER TABLE landfall.webhooks ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.webhooks USING (organization_id IN (SELECT id FROM landfall.organizations));

      -- The last event of a project that a webhook has got, or that its filter leaves out. Without a row: none.
      CREATE TABLE landfall.webhook_positions (
        webhook_id uuid NOT NULL,
        project_id uuid NOT NULL,
        -- Of the webhook.
        organization_id uuid NOT NULL,
        seq integer NOT NULL,
        moved_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        failures integer NOT NULL DEFAULT 0,
        failing_since timestamptz(3),
        next_attempt_at timestamptz(3),
        CONSTRAINT webhook_positions_pkey PRIMARY KEY (webhook_id, project_id),
        CONSTRAINT webhook_positions_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES landfall.webhooks (id) ON DELETE CASCADE,
        CONSTRAINT webhook_positions_project_id_fkey FOREIGN KEY (project_id) REFERENCES landfall.projects (id)
      );
      ALTER TABLE landfall.webhook_positions ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.webhook_positions USING (organization_id IN (SELECT id FROM landfall.organizations));

      -- Webhooks of all tenants that have an event to send now; with a list, only because of an event of one of these projects.
      CREATE FUNCTION landfall.webhooks_to_send(changed uuid[]) RETURNS TABLE (webhook_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT w.id, w.organization_id FROM landfall.webhooks w
          WHERE w.disabled_at IS NULL AND (w.next_attempt_at IS NULL OR w.next_attempt_at <= clock_timestamp())
            AND (w.lease_until IS NULL OR w.lease_until < clock_timestamp())
            AND EXISTS (
              SELECT FROM landfall.projects p JOIN landfall.organizations o ON o.id = p.organization_id
              LEFT JOIN landfall.webhook_positions c ON c.webhook_id = w.id AND c.project_id = p.id
              WHERE (changed IS NULL OR p.id = ANY (changed)) AND (w.project_id IS NULL OR p.id = w.project_id)
                AND o.path @> ARRAY[w.organization_id] AND p.last_event_seq > coalesce(c.seq, 0)
                AND (c.next_attempt_at IS NULL OR c.next_attempt_at <= clock_timestamp())
            )
          ORDER BY w.last_attempt_at NULLS FIRST, w.id LIMIT 200 $$;
      REVOKE EXECUTE ON FUNCTION landfall.webhooks_to_send FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION landfall.webhooks_to_send;
      DROP TABLE landfall.webhook_positions, landfall.webhooks;
    `);
  }
}
