import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which changes of which tables are audited, and as changes of which objects. */
const audited: readonly { table: string; on: string; type: string; id: string }[] = [
  { table: 'organizations', on: 'INSERT OR UPDATE', type: 'Organization', id: 'id' },
  { table: 'api_keys', on: 'INSERT OR UPDATE', type: 'ApiKey', id: 'id' },
  { table: 'projects', on: 'INSERT OR UPDATE', type: 'Project', id: 'id' },
  { table: 'connections', on: 'INSERT OR UPDATE OR DELETE', type: 'Project', id: 'project_id' },
  { table: 'runs', on: 'INSERT OR UPDATE', type: 'Run', id: 'id' },
  { table: 'mapping_versions', on: 'INSERT OR UPDATE', type: 'MappingVersion', id: 'id' },
  { table: 'field_mappings', on: 'UPDATE', type: 'FieldMapping', id: 'id' },
  { table: 'agents', on: 'UPDATE', type: 'Agent', id: 'id' },
  { table: 'issues', on: 'UPDATE', type: 'Issue', id: 'id' },
  { table: 'sign_offs', on: 'INSERT', type: 'Run', id: 'run_id' },
  { table: 'cutovers', on: 'INSERT OR UPDATE OR DELETE', type: 'Project', id: 'project_id' },
  { table: 'purges', on: 'INSERT OR UPDATE', type: 'Project', id: 'project_id' },
  { table: 'call_recordings', on: 'UPDATE', type: 'CallRecording', id: 'id' },
];

/** The audit trail: triggers write it, in the transaction of the change and for whatever code makes it. */
export class Audit1764770001000 implements MigrationInterface {
  name = 'Audit1764770001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.audit_entries (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL,
        at timestamptz(3) NOT NULL DEFAULT now(),
        actor_kind text NOT NULL,
        actor_id uuid NOT NULL,
        actor_name text NOT NULL,
        operation text NOT NULL,
        request_id text NOT NULL,
        object_type text,
        object_id uuid,
        project_id uuid,
        -- Changed columns of one row; null before it existed, or after it was deleted.
        before jsonb,
        after jsonb,
        CONSTRAINT audit_entries_pkey PRIMARY KEY (id),
        CONSTRAINT audit_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id)
      );
      CREATE INDEX audit_entries_at_id_idx ON landfall.audit_entries (at, id);
      CREATE INDEX audit_entries_object_id_idx ON landfall.audit_entries (object_id);
      ALTER TABLE landfall.audit_entries ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.audit_entries USING (organization_id IN (SELECT id FROM landfall.organizations));
      -- A credential that is limited to projects writes entries, and reads none.
      CREATE POLICY project ON landfall.audit_entries AS RESTRICTIVE FOR SELECT USING ((SELECT landfall.project_scope()) IS NULL);

      -- A row as the audit trail shows it: the columns of secrets without their content, and none that only order or count.
      CREATE FUNCTION landfall.audited(row_text jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
        SELECT jsonb_object_agg(key, CASE WHEN key ~ '(^|_)(sealed|secrets?|hash|password|tokens?|digest)(_|$)' AND value <> 'null'
          THEN to_jsonb('(hidden)'::text) ELSE value END)
        FROM jsonb_each(row_text) WHERE key NOT IN ('last_event_seq', 'path', 'last_used_at') AND key !~ '^attach' $$;

      CREATE FUNCTION landfall.audit() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        actor jsonb := current_setting('landfall.actor')::jsonb;
        old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
        new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
        any_row jsonb := coalesce(new_row, old_row);
        changed text[];
        before_shown jsonb;
        after_shown jsonb;
      BEGIN
        PERFORM set_config('landfall.audited', '1', true);
        before_shown := landfall.audited(old_row);
        after_shown := landfall.audited(new_row);
        IF TG_OP = 'UPDATE' THEN
          SELECT array_agg(key) INTO changed FROM jsonb_each(new_row)
            WHERE value IS DISTINCT FROM old_row -> key AND after_shown ? key;
          IF changed IS NULL THEN RETURN NULL; END IF;
          SELECT jsonb_object_agg(key, value) INTO before_shown FROM jsonb_each(before_shown) WHERE key = ANY (changed);
          SELECT jsonb_object_agg(key, value) INTO after_shown FROM jsonb_each(after_shown) WHERE key = ANY (changed);
        END IF;
        INSERT INTO landfall.audit_entries (organization_id, actor_kind, actor_id, actor_name, operation, request_id, object_type, object_id,
            project_id, before, after)
          VALUES (CASE TG_TABLE_NAME WHEN 'organizations' THEN any_row ->> 'id' ELSE any_row ->> 'organization_id' END::uuid,
            actor ->> 'kind', (actor ->> 'id')::uuid, actor ->> 'name', actor ->> 'operation', actor ->> 'requestId',
            CASE WHEN TG_ARGV[0] = 'ApiKey' AND any_row ->> 'shared_project_id' IS NOT NULL THEN 'ShareToken' ELSE TG_ARGV[0] END,
            (any_row ->> TG_ARGV[1])::uuid,
            CASE TG_ARGV[0] WHEN 'Project' THEN any_row ->> TG_ARGV[1] WHEN 'ApiKey' THEN any_row ->> 'shared_project_id'
              ELSE any_row ->> 'project_id' END::uuid, before_shown, after_shown);
        RETURN NULL;
      END $$;
    `);
    for (const { table, on, type, id } of audited) {
      await runner.query(`CREATE TRIGGER audit AFTER ${on} ON landfall.${table} FOR EACH ROW
        WHEN (coalesce(current_setting('landfall.actor', true), '') <> '') EXECUTE FUNCTION landfall.audit('${type}', '${id}')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of audited) await runner.query(`DROP TRIGGER audit ON landfall.${table}`);
    await runner.query(`
      DROP FUNCTION landfall.audit, landfall.audited;
      DROP TABLE landfall.audit_entries;
    `);
  }
}
