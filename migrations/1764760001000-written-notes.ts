import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Digests of the notes that Landfall wrote: other notes on a contact or company are from a person. */
export class WrittenNotes1764760001000 implements MigrationInterface {
  name = 'WrittenNotes1764760001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.written_notes (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        -- CONTACT or COMPANY.
        destination_type text NOT NULL,
        destination_id text NOT NULL,
        -- Of its text, as it is read back.
        digest text NOT NULL,
        organization_id uuid NOT NULL,
        CONSTRAINT written_notes_pkey PRIMARY KEY (project_id, environment, destination_type, destination_id, digest),
        CONSTRAINT written_notes_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.written_notes ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.written_notes USING (organization_id IN (SELECT id FROM landfall.organizations));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE landfall.written_notes');
  }
}
