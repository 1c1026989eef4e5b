import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mappings, agents, and what a workspace was provisioned with. */
export class Mapping1764200000000 implements MigrationInterface {
  name = 'Mapping1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.mapping_versions (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        version integer NOT NULL,
        status text NOT NULL DEFAULT 'DRAFT',
        hash text NOT NULL,
        confirmed_by text,
        confirmed_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT mapping_versions_pkey PRIMARY KEY (id),
        CONSTRAINT mapping_versions_id_organization_id_key UNIQUE (id, organization_id),
        CONSTRAINT mapping_versions_project_id_version_key UNIQUE (project_id, version),
        CONSTRAINT mapping_versions_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT mapping_versions_status_check CHECK (status IN ('DRAFT', 'CONFIRMED', 'SUPERSEDED'))
      );

      CREATE TABLE landfall.field_mappings (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        mapping_version_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        position integer NOT NULL,
        record_type text NOT NULL,
        source_path text NOT NULL,
        action text NOT NULL,
        target_path text,
        attribute_type text,
        proposed_target text,
        ignore_reason text,
        confidence double precision NOT NULL,
        rationale text NOT NULL,
        profile jsonb NOT NULL,
        losses jsonb NOT NULL,
        value_mappings jsonb NOT NULL,
        CONSTRAINT field_mappings_pkey PRIMARY KEY (id),
        CONSTRAINT field_mappings_path_key UNIQUE (mapping_version_id, record_type, source_path),
        CONSTRAINT field_mappings_version_fkey FOREIGN KEY (mapping_version_id, organization_id)
          REFERENCES landfall.mapping_versions (id, organization_id),
        CONSTRAINT field_mappings_action_check CHECK (action IN ('MAP', 'CREATE_ATTRIBUTE', 'IGNORE', 'UNDECIDED'))
      );
      CREATE INDEX field_mappings_position_idx ON landfall.field_mappings (mapping_version_id, position);

      CREATE TABLE landfall.agents (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        source_id text NOT NULL,
        name text NOT NULL,
        email text,
        status text NOT NULL DEFAULT 'UNMATCHED',
        teammate_email text,
        answered boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT agents_pkey PRIMARY KEY (id),
        CONSTRAINT agents_project_id_source_id_key UNIQUE (project_id, source_id),
        CONSTRAINT agents_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT agents_status_check CHECK (status IN ('MATCHED', 'UNMATCHED', 'PLACEHOLDER'))
      );
      CREATE INDEX agents_project_id_created_at_id_idx ON landfall.agents (project_id, created_at, id);

      -- The people and teams of a workspace, as it listed them when it was connected.
      CREATE TABLE landfall.workspace_members (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        kind text NOT NULL,
        destination_id text NOT NULL,
        organization_id uuid NOT NULL,
        name text NOT NULL,
        email text,
        CONSTRAINT workspace_members_pkey PRIMARY KEY (project_id, environment, kind, destination_id),
        CONSTRAINT workspace_members_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT workspace_members_kind_check CHECK (kind IN ('TEAMMATE', 'TEAM', 'ADDRESS'))
      );

      CREATE TABLE landfall.provisioned_objects (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        kind text NOT NULL,
        name text NOT NULL,
        organization_id uuid NOT NULL,
        workspace_id text NOT NULL,
        destination_id text NOT NULL,
        origin text NOT NULL,
        attribute_type text,
        run_id uuid NOT NULL,
        CONSTRAINT provisioned_objects_pkey PRIMARY KEY (project_id, environment, kind, name),
        CONSTRAINT provisioned_objects_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT provisioned_objects_origin_check CHECK (origin IN ('CREATED', 'FOUND'))
      );

      ALTER TABLE landfall.runs ADD mapping_version_id uuid, ADD workspace_id text;
      ALTER TABLE landfall.runs ADD CONSTRAINT runs_mapping_version_fkey FOREIGN KEY (mapping_version_id, organization_id)
        REFERENCES landfall.mapping_versions (id, organization_id);
      -- A workspace is written to by one run at a time, whosever it is.
      CREATE UNIQUE INDEX runs_one_writer_key ON landfall.runs (workspace_id) WHERE state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED');
    `);
    for (const table of ['mapping_versions', 'field_mappings', 'agents', 'workspace_members', 'provisioned_objects']) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX landfall.runs_one_writer_key;
      ALTER TABLE landfall.runs DROP mapping_version_id, DROP workspace_id;
      DROP TABLE landfall.provisioned_objects, landfall.workspace_members, landfall.agents, landfall.field_mappings, landfall.mapping_versions;
    `);
  }
}
