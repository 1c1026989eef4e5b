import { type Agent, type AgentStatus, type Teammate, teammatesWith } from '../domain/model/agent.js';
import type { NewIssue } from '../domain/model/issue.js';
import type { Keyset, Page } from '../domain/model/page.js';
import { isFilled, recordOf, textOf } from '../domain/model/record-fields.js';
import { listingOf } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import { keptText } from '../domain/text/kept-text.js';
import { AgentRow } from './entities/agent-row.js';
import { raiseIssues } from './issues.js';
import { pagesByParent } from './pages.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';
import { teammatesOf, teammatesOfProjects, workspaceTeams } from './workspace-members.js';

interface Owner {
  projectId: string;
  organizationId: string;
}

/** What is to be written about the agents and teams that are staged. */
export interface AgentMatches {
  agents: { sourceId: string; name: string; email: string | null; teammateEmail: string | null }[];
  /** Teams without a counterpart of their name. */
  issues: NewIssue[];
}

/** Matches the agents that are staged with the teammates of the connected workspaces, by e-mail, and the teams by name. */
export async function findAgentMatches(tx: Tx, projectId: string): Promise<AgentMatches> {
  const teammates = await teammatesOf(tx, projectId);
  const agents: AgentMatches['agents'] = [];
  for await (const { raw } of stagedRecords(tx, projectId, listingOf('AGENT'))) {
    const user = recordOf(raw);
    if (!isFilled(user.id)) continue;
    const email = keptText(textOf(user.email), 500) || null;
    const [teammate] = teammatesWith(email, teammates);
    agents.push({ sourceId: textOf(user.id), name: nameOf(user), email, teammateEmail: teammate?.email ?? null });
  }
  return { agents, issues: await unmatchedTeams(tx, projectId, new Set(teammates.map(({ environment }) => environment))) };
}

/** Writes down what was matched; what a person has answered stays. */
export async function saveAgentMatches(
  tx: Tx,
  { projectId, organizationId }: Owner,
  { agents, issues }: AgentMatches,
): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.agents AS a (project_id, organization_id, source_id, name, email, teammate_email, status)
     SELECT $1, $2, source_id, name, email, teammate_email, CASE WHEN teammate_email IS NULL THEN 'UNMATCHED' ELSE 'MATCHED' END
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS input (source_id, name, email, teammate_email)
     ON CONFLICT (project_id, source_id) DO UPDATE SET name = excluded.name, email = excluded.email,
       teammate_email = CASE WHEN a.answered THEN a.teammate_email ELSE excluded.teammate_email END,
       status = CASE WHEN a.answered THEN a.status ELSE excluded.status END`,
    [
      projectId,
      organizationId,
      agents.map(row => row.sourceId),
      agents.map(row => row.name),
      agents.map(row => row.email),
      agents.map(row => row.teammateEmail),
    ],
  );
  await raiseIssues(tx, { projectId, organizationId, runId: null }, issues);
}

/** Both at once, for who holds no row that others wait for. */
export async function matchAgents(tx: Tx, owner: Owner): Promise<void> {
  await saveAgentMatches(tx, owner, await findAgentMatches(tx, owner.projectId));
}

function nameOf({ fullName, firstName, lastName, email, id }: Record<string, unknown>): string {
  const name = textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(email) || textOf(id);
  return keptText(name.replaceAll('\0', ''), 500);
}

async function unmatchedTeams(tx: Tx, projectId: string, environments: ReadonlySet<Environment>): Promise<NewIssue[]> {
  const known = new Set((await workspaceTeams(tx, projectId)).map(team => `${team.environment} ${foldedName(team.name)}`));
  const issues: NewIssue[] = [];
  for await (const { raw, sourceId } of stagedRecords(tx, projectId, listingOf('TEAM'))) {
    const name = keptText(textOf(recordOf(raw).name), 200);
    for (const environment of environments) {
      if (known.has(`${environment} ${foldedName(name)}`)) continue;
      issues.push({
        code: 'TEAM_UNMATCHED',
        severity: 'WARNING',
        recordType: 'TEAM',
        listing: listingOf('TEAM'),
        sourceId,
        about: environment,
        message: `The ${environment} workspace has no team “${name}”.`,
        hint: 'Make it by hand and set the connection again; else its name is kept in the attribute infoset_team.',
      });
    }
  }
  return issues;
}

/** Names of teams for comparison, without regard to case. */
export const foldedName = (name: string) => name.trim().toLocaleLowerCase('tr').replaceAll('ı', 'i').replaceAll('i\u0307', 'i');

const toAgent = (
  { id, projectId, sourceId, name, email, status, teammateEmail, answered }: AgentRow,
  teammates: readonly Teammate[],
): Agent => ({
  id,
  projectId,
  sourceId,
  name,
  email,
  status,
  teammateEmail,
  answered,
  teammates: teammatesWith(teammateEmail, teammates),
});

export async function agentById(tx: Tx, id: string): Promise<Agent | null> {
  const row = await tx.manager.findOneBy(AgentRow, { id });
  return row && toAgent(row, await teammatesOf(tx, row.projectId));
}

/** A page of each project's agents, oldest first. */
export async function pagesOfAgents(
  tx: Tx,
  projectIds: readonly string[],
  status: AgentStatus | null,
  first: number,
  after: Keyset | null,
): Promise<Page<Agent & { createdAt: Date }>[]> {
  const pages = await pagesByParent(
    tx,
    AgentRow,
    projectIds,
    first,
    `SELECT a.id FROM landfall.agents a WHERE a.project_id = parent.id AND ($2::text IS NULL OR a.status = $2)
       AND ($3::timestamptz IS NULL OR (a.created_at, a.id) > ($3, $4::uuid))
     ORDER BY a.created_at, a.id LIMIT $1`,
    [status, after?.at ?? null, after?.id ?? null],
  );
  const teammates = await teammatesOfProjects(tx, projectIds);
  return pages.map(({ items, hasNextPage }) => ({
    hasNextPage,
    hasPreviousPage: after !== null,
    items: items.map(row => ({ ...toAgent(row, teammates.get(row.projectId)!), createdAt: row.createdAt })),
  }));
}

export async function agentsOf(tx: Tx, projectId: string): Promise<Agent[]> {
  const rows = await tx.manager.find(AgentRow, { where: { projectId }, order: { sourceId: 'ASC' } });
  const teammates = await teammatesOf(tx, projectId);
  return rows.map(row => toAgent(row, teammates));
}

/** How many agents of each project have no answer, or none that holds in this workspace; by the project's id. */
export async function countOpenAgents(
  tx: Tx,
  teammates: ReadonlyMap<string, readonly Teammate[]>,
  environment: Environment,
): Promise<Map<string, number>> {
  const rows = await tx.manager.query<{ projectId: string; status: AgentStatus; email: string | null; agents: number }[]>(
    `SELECT project_id AS "projectId", status, teammate_email AS email, count(*)::int AS agents FROM landfall.agents
     WHERE project_id = ANY($1) AND status IN ('UNMATCHED', 'MATCHED') GROUP BY 1, 2, 3`,
    [[...teammates.keys()]],
  );
  const open = new Map<string, number>();
  for (const { projectId, status, email, agents } of rows) {
    const found = teammatesWith(email, teammates.get(projectId)!).some(each => each.environment === environment);
    if (status === 'UNMATCHED' || !found) open.set(projectId, (open.get(projectId) ?? 0) + agents);
  }
  return open;
}

export async function answerAgent(
  tx: Tx,
  id: string,
  answer: { status: AgentStatus; teammateEmail: string | null },
): Promise<void> {
  await tx.manager.update(AgentRow, { id }, { ...answer, answered: true });
}
