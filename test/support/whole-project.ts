import pg from 'pg';
import { expect } from 'vitest';
import { startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import {
  agentsOf,
  answerAgents,
  confirmProposal,
  connectDestination,
  dealType,
  fieldsOf,
  proposeMapping,
  provision,
} from './destination.js';
import { atEndOfFile } from './end-of-file.js';
import { ended, extract, setConnection, smallAccount, startRun } from './extraction.js';
import { graphql } from './generated/gql.js';
import { produce } from './load.js';
import type { Partner } from './server.js';

/** An id of each kind that a tenant can have. */
export type IdsOfTenant = Record<
  | 'projectId'
  | 'organizationId'
  | 'runId'
  | 'issueId'
  | 'mappingId'
  | 'fieldId'
  | 'agentId'
  | 'entryId'
  | 'recordingId'
  | 'documentId',
  string
>;

const idsOfProjectQuery = graphql(`
  query IdsOfProject($id: ID!) {
    project(id: $id) {
      issues(first: 1) { edges { node { id } } }
      documents { id }
      mapping { id }
    }
    crosswalk(projectId: $id, lookups: [{ sourceType: TICKET, sourceId: "8837516" }]) { entries { id } }
    callRecordings(projectId: $id, first: 1) { edges { node { id } } }
  }
`);

/** A project of a tenant that did all steps, so that every table has a row of it: external reference ref-1, key k. */
export async function wholeProject(theirs: Partner & { organizationId: string }, ownerUrl: string): Promise<IdsOfTenant> {
  const { project } = await theirs.createProject({ name: 'Secret plan', externalRef: 'ref-1', idempotencyKey: 'k' });
  const projectId: string = project.id;
  const infoset = await startInfosetSimulator(smallAccount(20));
  atEndOfFile(() => infoset.close());
  await setConnection(theirs, projectId, { baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey });
  await ended(theirs, (await startRun(theirs, { projectId, kind: 'DISCOVERY' })).run.id);
  const runId = (await extract(theirs, projectId)).id;
  const intercom = await startIntercomSimulator({ limits: null });
  intercom.workspace.objectTypes = [dealType()];
  atEndOfFile(() => intercom.close());
  await connectDestination(theirs, projectId, intercom);
  await confirmProposal(theirs, projectId);
  await provision(theirs, projectId);
  await answerAgents(theirs, projectId);
  expect((await produce(theirs, projectId)).state).toBe('SUCCEEDED');
  await leaveIntent(ownerUrl);
  await proposeMapping(theirs, projectId);
  const found = await theirs.query(idsOfProjectQuery, { id: projectId });
  return {
    projectId,
    organizationId: theirs.organizationId,
    runId,
    issueId: found.project!.issues.edges[0]!.node.id,
    mappingId: found.project!.mapping!.id,
    fieldId: (await fieldsOf(theirs, projectId))[0]!.id,
    agentId: (await agentsOf(theirs, projectId))[0]!.id,
    entryId: found.crosswalk[0]!.entries[0]!.id,
    recordingId: found.callRecordings.edges[0]!.node.id,
    documentId: found.project!.documents[0]!.id,
  };
}

/** Like a worker that dies while it sends. */
async function leaveIntent(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO landfall.load_intents (project_id, organization_id, environment, record_type, source_id, step)
     SELECT id, organization_id, 'SANDBOX', 'TICKET', '1', 'open' FROM landfall.projects WHERE external_ref = 'ref-1'`,
  );
  const project = `FROM landfall.projects p WHERE external_ref = 'ref-1'`;
  // The rows of a sandbox and a cutover; moving the account a second time would take a minute.
  await owner.query(`INSERT INTO landfall.sample_records (project_id, organization_id, listing, source_id, reason)
    SELECT id, organization_id, 'tickets', '1', 'test' ${project}`);
  await owner.query(`INSERT INTO landfall.sample_reviews (project_id, organization_id, record_type, source_id, reason, destination_id, comparison)
    SELECT id, organization_id, 'TICKET', '1', 'test', '1', '[]' ${project}`);
  await owner.query(`INSERT INTO landfall.cutovers (project_id, organization_id, frozen_at, begun_by, delta_run_id)
    SELECT p.id, p.organization_id, now(), 'test', (SELECT id FROM landfall.runs r WHERE r.project_id = p.id LIMIT 1) ${project}`);
  // Another project, because the data of a purged one cannot be read any more.
  await owner.query(`WITH purged AS (
      INSERT INTO landfall.projects (id, organization_id, name) SELECT gen_random_uuid(), organization_id, 'Purged' ${project}
      RETURNING id, organization_id
    ) INSERT INTO landfall.purges (project_id, organization_id, requested_by, reconciliations) SELECT id, organization_id, 'test', '{}' FROM purged`);
  await owner.query(`INSERT INTO landfall.load_slices (project_id, environment, run_id, organization_id, with_open)
    SELECT p.id, 'SANDBOX', gen_random_uuid(), organization_id, false ${project}`);
  // Disabled, so that nothing is sent.
  await owner.query(`WITH webhook AS (
      INSERT INTO landfall.webhooks (organization_id, url, sealed_secrets, created_by, disabled_at, disabled_reason)
      SELECT organization_id, 'https://a.example/', '{}', 'test', now(), 'PERSON' ${project} RETURNING id, organization_id
    ) INSERT INTO landfall.webhook_positions (webhook_id, project_id, organization_id, seq)
      SELECT w.id, p.id, w.organization_id, 1 FROM webhook w, landfall.projects p WHERE external_ref = 'ref-1'`);
  await owner.query(`WITH plan AS (
      INSERT INTO landfall.rollback_plans (run_id, organization_id, project_id, environment, dry_run, plan_run_id)
      SELECT r.id, r.organization_id, p.id, 'PRODUCTION', true, r.id ${project.replace('WHERE', 'JOIN landfall.runs r ON r.project_id = p.id WHERE')} LIMIT 1
      RETURNING run_id, organization_id
    )
    INSERT INTO landfall.rollback_objects (run_id, destination_type, destination_id, organization_id, place, source_ids, action, reason, label, change, state)
    SELECT run_id, 'TAG', '1', organization_id, 1, '{}', 'KEEP', 'OUTDATED', 'x', '{}', 'PLANNED' FROM plan`);
  await owner.end();
}
