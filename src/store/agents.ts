import { In } from 'typeorm';
import { type Agent, type AgentStatus, type Teammate, teammatesWith } from '../domain/model/agent.js';
import type { AgentMatches, MatchingFacts } from '../domain/model/agent-matches.js';
import type { OpenAgents } from '../domain/model/gates.js';
import { type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import { listingOf } from '../domain/model/record-types.js';
import { nameOf, personOf } from '../sources/shapes.js';
import { AgentRow } from './entities/agent-row.js';
import { raiseIssues } from './issues.js';
import { entityPagesOf, type List } from './pages.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';
import { teammatesOf, teammatesOfProjects, workspaceTeams } from './workspace-members.js';

interface Owner {
  projectId: string;
  organizationId: string;
}

/** Everything that agents and teams are matched by. The records are read as they are iterated, in this transaction. */
export async function matchingFacts(tx: Tx, projectId: string): Promise<MatchingFacts> {
  return {
    users: eachOf(tx, projectId, listingOf('AGENT'), personOf),
    teams: eachOf(tx, projectId, listingOf('TEAM'), (team, sourceId) => ({ sourceId, name: nameOf(team) })),
    teammates: await teammatesOf(tx, projectId),
    workspaceTeams: await workspaceTeams(tx, projectId),
  };
}

async function* eachOf<T>(tx: Tx, projectId: string, listing: string, shape: (record: Fields, sourceId: string) => T) {
  for await (const { raw, sourceId } of stagedRecords(tx, projectId, listing)) yield shape(recordOf(raw), sourceId);
}

/** Saves matches. An agent whose teammate a person has chosen stays as it is. */
export async function saveAgentMatches(
  tx: Tx,
  { projectId, organizationId }: Owner,
  { agents, issues }: AgentMatches,
): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.agents AS a (project_id, organization_id, source_id, name, email, teammate_email, status)
     SELECT $1, $2, source_id, name, email, teammate_email, status
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS input (source_id, name, email, teammate_email, status)
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
      agents.map(row => row.status),
    ],
  );
  await raiseIssues(tx, { projectId, organizationId, runId: null }, issues);
}

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
  return (await agentsById(tx, [id])).get(id) ?? null;
}

/** As `agentsById`, under the locks of their projects, as every event takes them. */
export async function lockAgents(tx: Tx, ids: readonly string[]): Promise<Map<string, Agent>> {
  await tx.manager.query(
    `SELECT FROM landfall.projects WHERE id IN (SELECT project_id FROM landfall.agents WHERE id = ANY($1)) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return agentsById(tx, ids);
}

/** By their ids. */
export async function agentsById(tx: Tx, ids: readonly string[]): Promise<Map<string, Agent>> {
  const rows = await tx.manager.findBy(AgentRow, { id: In([...ids]) });
  const teammates = await teammatesOfProjects(tx, [...new Set(rows.map(row => row.projectId))]);
  return new Map(rows.map(row => [row.id, toAgent(row, teammates.get(row.projectId)!)]));
}

/** The agents of a project, oldest first; with one status, or all. */
export const agentList = (status: AgentStatus | null): List => ({
  rows: `SELECT a.id, a.created_at AS at FROM landfall.agents a WHERE a.project_id = parent.id AND ($2::text IS NULL OR a.status = $2)`,
  parameters: [status],
  order: 'OLDEST',
});

/** A page of the agents of each project. */
export async function pagesOfAgents(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Agent & { createdAt: Date }>[]> {
  const pages = await entityPagesOf(tx, AgentRow, list, projectIds, window);
  const teammates = await teammatesOfProjects(tx, projectIds);
  return pages.map(page => mapItems(page, row => ({ ...toAgent(row, teammates.get(row.projectId)!), createdAt: row.createdAt })));
}

export async function agentsOf(tx: Tx, projectId: string): Promise<Agent[]> {
  const rows = await tx.manager.find(AgentRow, { where: { projectId }, order: { sourceId: 'ASC' } });
  const teammates = await teammatesOf(tx, projectId);
  return rows.map(row => toAgent(row, teammates));
}

/** How many agents each project has that are matched or unmatched, by status and address of the teammate. */
export async function openAgentsOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, OpenAgents[]>> {
  const rows = await tx.manager.query<(OpenAgents & { projectId: string })[]>(
    `SELECT project_id AS "projectId", status, teammate_email AS email, count(*)::int AS agents,
       to_json((array_agg(json_build_object('name', name, 'email', coalesce(teammate_email, email)) ORDER BY name, id))[1:100]) AS people
     FROM landfall.agents WHERE project_id = ANY($1) AND status IN ('UNMATCHED', 'MATCHED') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [projectIds],
  );
  return Map.groupBy(rows, row => row.projectId);
}

/** The projects whose agents are stored. */
export async function projectsWithAgents(tx: Tx, projectIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT p.id FROM unnest($1::uuid[]) AS p (id) WHERE EXISTS (SELECT FROM landfall.agents a WHERE a.project_id = p.id)`,
    [projectIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The choice of a person for an agent. */
export interface AgentAnswer {
  agentId: string;
  status: AgentStatus;
  teammateEmail: string | null;
}

export async function answerAgents(tx: Tx, answers: readonly AgentAnswer[]): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.agents a SET status = g.status, teammate_email = g.teammate_email, answered = true
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS g (id, status, teammate_email) WHERE a.id = g.id`,
    [answers.map(each => each.agentId), answers.map(each => each.status), answers.map(each => each.teammateEmail)],
  );
}
