import { createHash } from 'node:crypto';
import pg from 'pg';
import { expect } from 'vitest';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Part } from '../../src/simulators/intercom/workspace.js';
import { newestOwnerUrl } from './database.js';
import { answerAgents, confirmProposal, connectDestination, provision, typeFromBlocker } from './destination.js';
import { connectedProject, ended, extract, type RunView, startRun } from './extraction.js';
import { graphql } from './generated/gql.js';
import type { ReconciliationOfQuery } from './generated/graphql.js';
import type { Partner } from './server.js';

/** A project that is ready for its production run. */
export async function readyProject(
  partner: Partner,
  infoset: InfosetSimulator,
  intercom: IntercomSimulator,
  options: Record<string, unknown> = {},
  sourceOptions: Record<string, unknown> = {},
): Promise<string> {
  const projectId = await connectedProject(partner, infoset, sourceOptions);
  expect((await extract(partner, projectId)).state).toBe('SUCCEEDED');
  await connectDestination(partner, projectId, intercom, 'DESTINATION', options);
  await confirmProposal(partner, projectId);
  await answerAgents(partner, projectId);
  expect((await provisionWithDealType(partner, projectId, intercom)).state).toBe('SUCCEEDED');
  return projectId;
}

const resumeRunMutation = graphql(`
  mutation ResumeRun($input: RunActionInput!) {
    resumeRun(input: $input) {
      run { id }
      userErrors { code message path retryable }
    }
  }
`);

/** Prepares a workspace as people do: the Deal type is created from the blocker's message, then the run continues. */
export async function provisionWithDealType(
  partner: Partner,
  projectId: string,
  { workspace }: IntercomSimulator,
): Promise<RunView> {
  workspace.objectTypes = [];
  const run = await provision(partner, projectId);
  if (run.state !== 'BLOCKED') return run;
  expect(run.blockedBy).toMatchObject([{ code: 'DEAL_TYPE_MISSING' }]);
  workspace.objectTypes = [typeFromBlocker(run.blockedBy[0]!.message)];
  await partner.call(resumeRunMutation, { runId: run.id });
  return ended(partner, run.id);
}

/**
 * Signs off a sandbox directly in the database, so that a test of PRODUCTION moves an account once. The conditions of signOff are
 * tested in sandbox.test.ts.
 */
export async function signOffDirectly(projectId: string, ownerUrl = newestOwnerUrl()): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `WITH mapping AS (
         SELECT id, hash, project_id, organization_id FROM landfall.mapping_versions WHERE project_id = $1 AND status = 'CONFIRMED'
       ), run AS (
         INSERT INTO landfall.runs (project_id, organization_id, kind, environment, mapping_version_id, state, sample_digest, finished_at)
         SELECT project_id, organization_id, 'SANDBOX', 'SANDBOX', id, 'SUCCEEDED', 'digest', now() FROM mapping
         WHERE NOT EXISTS (SELECT FROM landfall.sign_offs s WHERE s.project_id = mapping.project_id AND s.mapping_hash = mapping.hash)
         RETURNING id, project_id, organization_id
       )
       INSERT INTO landfall.sign_offs (project_id, organization_id, run_id, mapping_hash, sample_digest, signed_by)
       SELECT run.project_id, run.organization_id, run.id, mapping.hash, 'digest', 'test' FROM run, mapping`,
      [projectId.replace('prj_', '')],
    );
  } finally {
    await client.end();
  }
}

export async function startProduction(partner: Partner, projectId: string, ownerUrl?: string): Promise<string> {
  await signOffDirectly(projectId, ownerUrl);
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
  expect(userErrors).toEqual([]);
  return run.id;
}

export async function produce(partner: Partner, projectId: string): Promise<RunView> {
  return ended(partner, await startProduction(partner, projectId), 600_000);
}

const reconciliationOfQuery = graphql(`
  query ReconciliationOf($id: ID!) {
    project(id: $id) {
      reconciliation {
        balanced
        rows { recordType source staged loaded verified skipped failed balanced }
        fields { recordType field compared equal normalised lossy different }
        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }
      }
    }
  }
`);

export type ReconciliationView = NonNullable<ReconciliationOfQuery['project']>['reconciliation'];

export async function reconciliation(partner: Partner, projectId: string): Promise<ReconciliationView> {
  return (await partner.query(reconciliationOfQuery, { id: projectId })).project!.reconciliation;
}

/** A run has succeeded, and nothing is missing or different. */
export async function expectBalanced(partner: Partner, projectId: string, state: string): Promise<void> {
  const result = await reconciliation(partner, projectId);
  expect(result.differences.edges).toEqual([]);
  expect(result.balanced).toBe(true);
  expect(state).toBe('SUCCEEDED');
}

export const isMessage = ({ part_type, body }: Part) => body !== null && ['comment', 'note', 'open'].includes(part_type);

/**
 * Compares a workspace with its account: one destination record for each source record, parts in order, nothing else except what is
 * declared.
 */
export function expectExactlyOnce({ workspace }: IntercomSimulator, { account }: InfosetSimulator): void {
  const contacts = [...workspace.contacts.values()].map(each => each.external_id!);
  expect(new Set(contacts).size).toBe(contacts.length);
  const addresses = new Map<string, number>();
  for (const { email } of account.all('contacts'))
    if (email) addresses.set(email.toLowerCase(), (addresses.get(email.toLowerCase()) ?? 0) + 1);
  const merged = [...addresses.values()].reduce((sum, count) => sum + count - 1, 0);
  expect(contacts.length).toBe(account.all('contacts').length - merged + 1);
  expect(workspace.companies.size).toBe(account.all('companies').length);
  const isCall = (body: string) => body.startsWith('<p>Infoset call #');
  const ofTickets = [...workspace.conversations.values()].filter(each => !isCall(each.source.body));
  const tickets = ofTickets.map(each => String(each.custom_attributes.infoset_ticket_id));
  expect(tickets.sort()).toEqual(
    account
      .all('tickets')
      .map(each => String(each.id))
      .sort(),
  );
  const alone = account
    .all('calls')
    .filter(call => !account.get('tickets', String(call.ticketId)) && account.get('contacts', String(call.contactId)));
  expect(workspace.conversations.size - ofTickets.length).toBe(alone.length);
  for (const conversation of ofTickets) {
    const id = String(conversation.custom_attributes.infoset_ticket_id);
    const times = conversation.parts.filter(isMessage).map(part => part.created_at);
    expect(times, id).toEqual(times.toSorted((a, b) => a - b));
    const logs = account.logs(id);
    const system = logs.filter(log => log.type === 'system').length;
    const messages = logs.length - system + (system > 0 ? 1 : 0);
    const neutral = conversation.source.body === `<p>Infoset #${id}</p>`;
    const held = conversation.parts.filter(isMessage).length + (neutral ? 0 : 1);
    // There can be other parts: the ticket's own text, values without another place, links of a merger, and calls without a log.
    const calls = account.all('calls').filter(call => String(call.ticketId) === id).length;
    // Ten files a message; the rest follows.
    const further = logs.reduce((sum, log) => sum + Math.max(0, Math.ceil((log.attachments?.length ?? 0) / 10) - 1), 0);
    expect(held - messages, id).toBeGreaterThanOrEqual(0);
    const mergers = account
      .all('tickets')
      .filter(each => each.mergedIntoId && [each.id, each.mergedIntoId].map(String).includes(id)).length;
    expect(held - messages, id).toBeLessThanOrEqual(2 + calls + mergers + further);
  }
  const bodies = [...workspace.conversations.values()].flatMap(each => [
    each.source.body,
    ...each.parts.map(part => part.body ?? ''),
  ]);
  // Each file that the source returns is in its message, byte for byte.
  const sent = new Set(
    [...workspace.conversations.values()].flatMap(each => each.parts.flatMap(part => part.attachments.map(file => file.sha256))),
  );
  const logs = account.all('tickets').flatMap(each => account.logs(String(each.id)));
  const shown = logs.flatMap(log => [log, account.get('emails', String(log.emailId)) ?? {}]);
  const carried = shown.flatMap(each => (each.attachments ?? []) as { id: number }[]);
  for (const { id } of carried) {
    const blob = account.blobs.files.get(String(id));
    // Larger ones are named, and kept with the project.
    if (blob?.status === 200 && blob.size <= 10 * 1024 * 1024 && blob.bytes().length === blob.size)
      expect(sent, `file ${id}`).toContain(createHash('sha256').update(blob.bytes()).digest('hex'));
  }
  for (const body of bodies) expect(body).not.toMatch(/127\.0\.0\.1|infoset\.app|\/v1\/files\//);
  const articles = [...workspace.articles.values()].flatMap(each => Object.values(each.content).map(({ body }) => body));
  for (const body of [...articles, ...[...workspace.internalArticles.values()].map(each => each.body)])
    expect(body).not.toMatch(/127\.0\.0\.1|infoset\.(app|help)|\/v1\/files\/|landfall-/);
  expect(workspace.objectInstances.get('Deal')?.size ?? 0).toBe(account.all('deals').length);
  expect(workspace.collections.size).toBe(account.all('articlecategories').length);
  expect(workspace.articles.size + workspace.internalArticles.size).toBe(account.all('articles').length);
  for (const contact of workspace.contacts.values())
    expect(new Set(contact.notes.map(note => note.body)).size).toBe(contact.notes.length);
  expect(workspace.notifications.avoidable).toBe(0);
}
