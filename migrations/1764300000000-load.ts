import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts, what became of them, and how they arrived. */
export class Load1764300000000 implements MigrationInterface {
  name = 'Load1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    const project = (table: string) =>
      `CONSTRAINT ${table}_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)`;
    await runner.query(`
      CREATE TABLE landfall.drafts (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        record_type text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        run_id uuid NOT NULL,
        digest text NOT NULL,
        weight integer NOT NULL,
        body text NOT NULL,
        CONSTRAINT drafts_pkey PRIMARY KEY (project_id, environment, record_type, source_id),
        ${project('drafts')}
      );

      -- How far a draft has come; digest: of the draft that is done.
      CREATE TABLE landfall.load_states (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        record_type text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        state text NOT NULL,
        destination_id text,
        digest text,
        code text,
        CONSTRAINT load_states_pkey PRIMARY KEY (project_id, environment, record_type, source_id),
        CONSTRAINT load_states_state_check CHECK (state IN ('OPEN', 'DONE', 'SKIPPED', 'FAILED')),
        ${project('load_states')}
      );

      -- Writes that were about to be sent; one that is found without its outcome must be looked for.
      CREATE TABLE landfall.load_intents (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        record_type text NOT NULL,
        source_id text NOT NULL,
        step text NOT NULL,
        organization_id uuid NOT NULL,
        sent_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT load_intents_pkey PRIMARY KEY (project_id, environment, record_type, source_id, step),
        ${project('load_intents')}
      );

      CREATE TABLE landfall.crosswalk (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        environment text NOT NULL,
        source_type text NOT NULL,
        source_id text NOT NULL,
        destination_type text NOT NULL,
        destination_id text NOT NULL,
        conversation_id text,
        -- Where people see it, if only the destination knows.
        destination_url text,
        origin text NOT NULL,
        state text NOT NULL DEFAULT 'ACTIVE',
        pre_image jsonb,
        loaded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        verified_at timestamptz(3),
        CONSTRAINT crosswalk_pkey PRIMARY KEY (id),
        CONSTRAINT crosswalk_source_key UNIQUE (project_id, environment, source_type, source_id, destination_type),
        CONSTRAINT crosswalk_origin_check CHECK (origin IN ('CREATED', 'ADOPTED')),
        CONSTRAINT crosswalk_state_check CHECK (state IN ('ACTIVE', 'ROLLED_BACK')),
        ${project('crosswalk')}
      );
      -- These begin otherwise than the key: without statistics they would be taken for it.
      CREATE INDEX crosswalk_destination_idx ON landfall.crosswalk (destination_id, project_id, environment);
      CREATE INDEX crosswalk_conversation_idx ON landfall.crosswalk (conversation_id, project_id, environment) WHERE conversation_id IS NOT NULL;

      -- How the fields of a record arrived: counts by field, and what differs.
      CREATE TABLE landfall.verifications (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        record_type text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        destination_id text,
        outcomes jsonb NOT NULL,
        differences jsonb NOT NULL,
        verified_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT verifications_pkey PRIMARY KEY (project_id, environment, record_type, source_id),
        ${project('verifications')}
      );

      -- Files of the source, and what became of their bytes; the bytes lie in the blob store, by their digest.
      CREATE TABLE landfall.stored_files (
        project_id uuid NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        name text NOT NULL,
        content_type text NOT NULL,
        state text NOT NULL,
        sha256 text,
        byte_size bigint,
        reason text,
        CONSTRAINT stored_files_pkey PRIMARY KEY (project_id, source_id),
        CONSTRAINT stored_files_state_check CHECK (state IN ('STORED', 'MISSING', 'FORBIDDEN', 'TOO_LARGE', 'CORRUPT', 'FAILED')),
        ${project('stored_files')}
      );

      -- The recording of a call: what became of its bytes, and whether somebody has attached it in the destination.
      CREATE TABLE landfall.call_recordings (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        call_id text NOT NULL,
        organization_id uuid NOT NULL,
        ticket_id text,
        contact_id text,
        agent_id text,
        -- As people write it, and in every form that it is looked for by: E.164, and digits alone.
        phone text,
        phones text[] NOT NULL DEFAULT '{}',
        started_at timestamptz(3),
        duration_seconds integer,
        availability text NOT NULL,
        reason text,
        content_type text,
        sha256 text,
        byte_size bigint,
        status text NOT NULL DEFAULT 'PENDING',
        claimed_by text,
        claimed_by_key text,
        claim_expires_at timestamptz(3),
        closed_at timestamptz(3),
        note text,
        CONSTRAINT call_recordings_pkey PRIMARY KEY (id),
        CONSTRAINT call_recordings_call_key UNIQUE (project_id, call_id),
        CONSTRAINT call_recordings_availability_check CHECK (availability IN ('DOWNLOADED', 'FORBIDDEN', 'EXPIRED', 'MISSING', 'CORRUPT', 'PENDING')),
        CONSTRAINT call_recordings_status_check CHECK (status IN ('PENDING', 'CLAIMED', 'ATTACHED', 'NOT_POSSIBLE')),
        ${project('call_recordings')}
      );
      CREATE INDEX call_recordings_phones_idx ON landfall.call_recordings USING gin (phones);
      ALTER TABLE landfall.rate_budgets ADD window_limit integer, ADD window_ends_at timestamptz(3);
      ALTER TABLE landfall.runs ADD call_limit_per_minute integer;
    `);
    for (const table of [
      'drafts',
      'load_states',
      'load_intents',
      'crosswalk',
      'verifications',
      'stored_files',
      'call_recordings',
    ]) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.runs DROP call_limit_per_minute;
      ALTER TABLE landfall.rate_budgets DROP window_limit, DROP window_ends_at;
      DROP TABLE landfall.call_recordings, landfall.stored_files, landfall.verifications, landfall.crosswalk, landfall.load_intents, landfall.load_states, landfall.drafts;
    `);
  }
}
