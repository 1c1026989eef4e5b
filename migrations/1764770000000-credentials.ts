import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables with a project: which rows belong to the projects that a credential is limited to. */
const byProject = [
  'project_events connections runs staged_records child_listings issues discoveries duplicate_groups mapping_versions agents',
  'workspace_members provisioned_objects provisioning_checks documents drafts load_states load_intents load_slices crosswalk',
  'verifications stored_files call_recordings purges cutovers sample_records sample_reviews sign_offs rollback_plans',
].flatMap(line => line.split(' '));

const conditions: Record<string, string> = {
  projects: 'id = ANY ((SELECT landfall.project_scope())::uuid[])',
  // The caller's own, and those of its projects: an object names its organization.
  organizations: 'id = landfall.scope() OR id = ANY ((SELECT landfall.organizations_of(landfall.project_scope()))::uuid[])',
  api_keys: 'shared_project_id = ANY ((SELECT landfall.project_scope())::uuid[])',
  run_phases: 'run_id IN (SELECT id FROM landfall.runs)',
  run_leases: 'run_id IN (SELECT id FROM landfall.runs)',
  rollback_objects: 'run_id IN (SELECT id FROM landfall.runs)',
  field_mappings: 'mapping_version_id IN (SELECT id FROM landfall.mapping_versions)',
  ...Object.fromEntries(byProject.map(table => [table, 'project_id = ANY ((SELECT landfall.project_scope())::uuid[])'])),
};

/** Credentials with scopes and projects, and share tokens. */
export class Credentials1764770000000 implements MigrationInterface {
  name = 'Credentials1764770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.api_keys
        -- What the key may do of what its role may do; null for all of it.
        ADD scopes text[],
        -- The only projects that it sees; null for all that its organization reaches.
        ADD project_ids uuid[],
        -- The project of a share token; null for an API key.
        ADD shared_project_id uuid,
        ADD CONSTRAINT api_keys_scopes_check CHECK (scopes <@ ARRAY['READ', 'PROJECTS', 'MAPPING', 'RUNS', 'RECORDINGS', 'ADMIN']),
        ADD CONSTRAINT api_keys_shared_check CHECK (shared_project_id IS NULL OR (role = 'VIEWER' AND expires_at IS NOT NULL)),
        ADD CONSTRAINT api_keys_shared_project_fkey FOREIGN KEY (shared_project_id, organization_id)
          REFERENCES landfall.projects (id, organization_id);
      CREATE INDEX api_keys_shared_project_id_idx ON landfall.api_keys (shared_project_id) WHERE shared_project_id IS NOT NULL;
      CREATE INDEX organizations_created_at_id_idx ON landfall.organizations (created_at, id);

      -- The projects that this transaction is limited to; null where it is not.
      CREATE FUNCTION landfall.project_scope() RETURNS uuid[] LANGUAGE sql STABLE
        AS $$ SELECT NULLIF(current_setting('landfall.project_ids', true), '')::uuid[] $$;

      -- With the owner's rights: the policy of organizations cannot ask for projects, whose policy asks for organizations.
      CREATE FUNCTION landfall.organizations_of(project_ids uuid[]) RETURNS uuid[]
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT array_agg(DISTINCT organization_id) FROM landfall.projects WHERE id = ANY (project_ids) $$;

      DROP FUNCTION landfall.authenticate(bytea);
      CREATE FUNCTION landfall.authenticate(key_hash bytea)
        RETURNS TABLE (api_key_id uuid, name text, role text, organization_id uuid, scopes text[], project_ids uuid[],
          shared boolean, expires_at timestamptz, use_is_due boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, k.name, k.role, k.organization_id, k.scopes,
                CASE WHEN k.shared_project_id IS NULL THEN k.project_ids ELSE ARRAY[k.shared_project_id] END,
                k.shared_project_id IS NOT NULL, k.expires_at, coalesce(k.last_used_at < now() - interval '1 minute', true)
              FROM landfall.api_keys k WHERE k.hash = key_hash AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) $$;

      REVOKE EXECUTE ON FUNCTION landfall.authenticate, landfall.organizations_of FROM PUBLIC;
    `);
    // Restrictive: a row must pass it as well as the policy of its tenant.
    for (const [table, condition] of Object.entries(conditions)) {
      await runner.query(`CREATE POLICY project ON landfall.${table} AS RESTRICTIVE
        USING ((SELECT landfall.project_scope()) IS NULL OR ${condition})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(conditions)) await runner.query(`DROP POLICY project ON landfall.${table}`);
    await runner.query(`
      DELETE FROM landfall.api_keys WHERE shared_project_id IS NOT NULL;
      DROP FUNCTION landfall.authenticate, landfall.organizations_of, landfall.project_scope;
      DROP INDEX landfall.organizations_created_at_id_idx;
      ALTER TABLE landfall.api_keys DROP COLUMN shared_project_id, DROP COLUMN project_ids, DROP COLUMN scopes;
      CREATE FUNCTION landfall.authenticate(key_hash bytea)
        RETURNS TABLE (api_key_id uuid, name text, role text, organization_id uuid, use_is_due boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT k.id, k.name, k.role, k.organization_id, coalesce(k.last_used_at < now() - interval '1 minute', true)
              FROM landfall.api_keys k WHERE k.hash = key_hash AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) $$;
      REVOKE EXECUTE ON FUNCTION landfall.authenticate FROM PUBLIC;
    `);
  }
}
