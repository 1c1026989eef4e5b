import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import type { InfosetAccount, TableName } from '../../src/simulators/infoset/account.js';
import { generateAccount } from '../../src/simulators/infoset/generator/generate.js';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { newestOwnerUrl } from './database.js';
import { graphql } from './generated/gql.js';
import type { IssuesOfQuery, RunViewQuery, SetConnectionInput, StartRunInput } from './generated/graphql.js';
import { rarely, until } from './processes.js';
import type { Partner } from './server.js';

export const fixedNow = new Date('2026-11-25T00:00:00Z');

export const smallAccount =
  (tickets = 60, seed = 7) =>
  (ownUrl: () => string) =>
    generateAccount({ tickets, seed, now: fixedNow }, ownUrl);

/** A simulator that ends with the test. */
export async function simulator(
  account: (ownUrl: () => string) => InfosetAccount,
  settings: Parameters<typeof startInfosetSimulator>[1] = {},
): Promise<InfosetSimulator> {
  const started = await startInfosetSimulator(account, settings);
  onTestFinished(() => started.close());
  return started;
}

export async function connectedProject(
  partner: Partner,
  { url, settings }: InfosetSimulator,
  options: Record<string, unknown> = {},
): Promise<string> {
  const { project } = await partner.createProject({ name: 'Extraction' });
  const { connection, userErrors } = await setConnection(partner, project.id, {
    baseUrl: url,
    secret: settings.credentials.apiKey,
    options,
  });
  expect(userErrors).toEqual([]);
  expect(connection).toMatchObject({ status: 'OK', detail: null });
  return project.id;
}

const setConnectionMutation = graphql(`
  mutation SetConnection($input: SetConnectionInput!) {
    setConnection(input: $input) {
      connection { side baseUrl status detail checkedAt workspaceName }
      userErrors { code message path retryable }
    }
  }
`);

/** Connects the side SOURCE, or the side that the input names. */
export const setConnection = (
  partner: Partner,
  projectId: string,
  input: Omit<SetConnectionInput, 'projectId' | 'side'> & Partial<Pick<SetConnectionInput, 'side'>>,
) => partner.call(setConnectionMutation, { projectId, side: 'SOURCE', ...input });

const startRunMutation = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      run { id kind state isTerminal allowedActions blockedBy { code } }
      userErrors { code message path retryable }
    }
  }
`);

export const startRun = (partner: Partner, input: StartRunInput) => partner.call(startRunMutation, input);

const runViewQuery = graphql(`
  query RunView($id: ID!) {
    run(id: $id) {
      id
      state
      isTerminal
      blockedBy { code message }
      progress { fraction waitingFor }
      listings { listing recordType state source staged skipped failed unavailableReason }
    }
  }
`);

export type RunView = NonNullable<RunViewQuery['run']>;

export async function runView(partner: Partner, id: string): Promise<RunView> {
  return (await partner.query(runViewQuery, { id })).run!;
}

const runStateQuery = graphql(`
  query RunState($id: ID!) {
    run(id: $id) { state isTerminal }
  }
`);

/** Waits until a run has ended, or waits for a person. It prints the first errors of one that is incomplete. */
export async function ended(partner: Partner, id: string, timeoutMs?: number): Promise<RunView> {
  const hasEnded = async () => {
    const { run } = await partner.query(runStateQuery, { id });
    return run!.isTerminal || run!.state === 'BLOCKED';
  };
  await until(`run ${id} to end`, hasEnded, timeoutMs, rarely);
  const run = await runView(partner, id);
  if (run.state === 'INCOMPLETE' || run.state === 'FAILED')
    console.warn(`Run ${id} ended ${run.state}: ${await errorsOf(id).catch(String)}`);
  return run;
}

/** The first errors that a run reported, in one line. */
async function errorsOf(runId: string): Promise<string> {
  const client = new pg.Client({ connectionString: newestOwnerUrl() });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT concat_ws(' ', code, record_type, source_id, left(message, 100)) AS line FROM landfall.issues
       WHERE run_id = $1 AND severity = 'ERROR' LIMIT 5`,
      [runId.replace('run_', '')],
    );
    return rows.map(({ line }) => line).join('; ');
  } finally {
    await client.end();
  }
}

export async function extract(partner: Partner, projectId: string, timeoutMs?: number): Promise<RunView> {
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'EXTRACTION' });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id, timeoutMs);
}

/** A project whose account is staged. */
export async function extractedProject(partner: Partner, account: Parameters<typeof simulator>[0]): Promise<string> {
  const projectId = await connectedProject(partner, await simulator(account));
  expect((await extract(partner, projectId)).state).toBe('SUCCEEDED');
  return projectId;
}

const issuesOfQuery = graphql(`
  query IssuesOf($id: ID!, $after: String) {
    project(id: $id) {
      issues(first: 100, after: $after) {
        edges { node { code severity status recordType sourceId message hint } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export type IssueView = NonNullable<IssuesOfQuery['project']>['issues']['edges'][number]['node'];

export async function issuesOf(partner: Partner, projectId: string): Promise<IssueView[]> {
  const issues: IssueView[] = [];
  for (let after: string | null = null; ; ) {
    const answer: IssuesOfQuery = await partner.query(issuesOfQuery, { id: projectId, after });
    const { edges, pageInfo } = answer.project!.issues;
    issues.push(...edges.map(edge => edge.node));
    if (!pageInfo.hasNextPage) return issues;
    after = pageInfo.endCursor;
  }
}

/** What is staged: listing → id → exact text. */
export async function stagedOf(ownerUrl: string, projectId: string): Promise<Map<string, Map<string, string>>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT listing, source_id, raw FROM landfall.staged_records WHERE project_id = $1', [
      projectId.replace('prj_', ''),
    ]);
    const staged = new Map<string, Map<string, string>>();
    for (const { listing, source_id, raw } of rows) staged.set(listing, (staged.get(listing) ?? new Map()).set(source_id, raw));
    return staged;
  } finally {
    await client.end();
  }
}

const tables: Record<string, TableName> = {
  tickets: 'tickets',
  companies: 'companies',
  contacts: 'contacts',
  users: 'users',
  teams: 'teams',
  pipelines: 'pipelines',
  deals: 'deals',
  calls: 'calls',
  articlecategories: 'articlecategories',
  articles: 'articles',
  emailaccounts: 'emailaccounts',
  chatwidgets: 'chatwidgets',
  automations: 'automations',
  emails: 'emails',
};

/** Compares staging with the account: every record of every listing, with the exact text. */
export function expectWhole(staged: Map<string, Map<string, string>>, account: InfosetAccount): void {
  for (const [listing, table] of Object.entries(tables)) {
    const expected = new Map(account.all(table).map(item => [String(item.id), JSON.stringify(item)]));
    expect(staged.get(listing) ?? new Map(), listing).toEqual(expected);
  }
  expect(staged.get('slabreaches')?.size ?? 0, 'slabreaches').toBe(account.all('slabreaches').length);
  const logs = account.all('tickets').flatMap(ticket => account.logs(String(ticket.id)));
  expect(staged.get('ticketlogs'), 'ticketlogs').toEqual(new Map(logs.map(log => [String(log.id), JSON.stringify(log)])));
  for (const type of ['contact', 'company', 'deal', 'ticket']) {
    const definitions = account.all('customfields').filter(each => each.linkedType === type);
    expect(staged.get(`customfields:${type}`)?.size ?? 0, type).toBe(definitions.length);
  }
  expect([...(staged.get('account')?.values() ?? [])]).toEqual([JSON.stringify(account.account)]);
  const reports = account.all('reports');
  expect(staged.get('reports')?.size ?? 0).toBe(reports.length);
  for (const { id, data } of reports) expect(staged.get('reportdata')?.get(id)).toBe(JSON.stringify(data));
}
