import { type Agent, type AgentStatus, teammatesWith } from '../domain/agent.js';
import type { Keyset, Page } from '../domain/page.js';
import { isFilled, textOf } from '../domain/record-fields.js';
import type { Environment } from '../domain/run.js';
import { AgentRow } from './entities/agent-row.js';
import { raiseIssues } from './issues.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';
import { teammatesOf, workspaceTeams } from './workspace-members.js';

interface Owner {
  projectId: string;
  organizationId: string;
}

/**
 * Matches the agents that are staged with the teammates of the connected workspaces, by e-mail; what a person has answered
 * stays. Teams without a counterpart of their name are told as issues.
 */
export async function matchAgents(tx: Tx, { projectId, organizationId }: Owner): Promise<void> {
  const users: Record<string, unknown>[] = [];
  for await (const { raw } of stagedRecords(tx, projectId, 'users')) users.push(JSON.parse(raw));
  const teammates = await teammatesOf(tx, projectId);
  const rows = users
    .filter(user => isFilled(user.id))
    .map(user => {
      const email = textOf(user.email) || null;
      const [teammate] = teammatesWith(email, teammates);
      return { sourceId: textOf(user.id), name: nameOf(user), email, teammateEmail: teammate?.email ?? null };
    });
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
      rows.map(row => row.sourceId),
      rows.map(row => row.name),
      rows.map(row => row.email),
      rows.map(row => row.teammateEmail),
    ],
  );
  await tellUnmatchedTeams(tx, { projectId, organizationId });
}

function nameOf({ fullName, firstName, lastName, email, id }: Record<string, unknown>): string {
  const name = textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(email) || textOf(id);
  return name.toWellFormed().replaceAll('\0', '');
}

async function tellUnmatchedTeams(tx: Tx, { projectId, organizationId }: Owner): Promise<void> {
  const teams = await workspaceTeams(tx, projectId);
  const environments = new Set((await teammatesOf(tx, projectId)).map(({ environment }) => environment));
  for await (const { raw, sourceId } of stagedRecords(tx, projectId, 'teams')) {
    const name = textOf(JSON.parse(raw).name);
    for (const environment of environments) {
      if (teams.some(team => team.environment === environment && foldedName(team.name) === foldedName(name))) continue;
      await raiseIssues(tx, { projectId, organizationId, runId: null }, [
        {
          code: 'TEAM_UNMATCHED',
          severity: 'WARNING',
          recordType: 'TEAM',
          listing: 'teams',
          sourceId,
          about: environment,
          message: `The ${environment} workspace has no team “${name}”.`,
          hint: 'Make it by hand and set the connection again; else its name is kept in the attribute infoset_team.',
        },
      ]);
    }
  }
}

/** Names of teams for comparison, without regard to case. */
export const foldedName = (name: string) => name.trim().toLocaleLowerCase('tr').replaceAll('ı', 'i').replaceAll('i\u0307', 'i');

async function withTeammates(tx: Tx, rows: AgentRow[]): Promise<Agent[]> {
  if (rows.length === 0) return [];
  const teammates = await teammatesOf(tx, rows[0]!.projectId);
  return rows.map(({ id, projectId, sourceId, name, email, status, teammateEmail, answered }) => ({
    id,
    projectId,
    sourceId,
    name,
    email,
    status,
    teammateEmail,
    answered,
    teammates: teammatesWith(teammateEmail, teammates),
  }));
}

export async function agentById(tx: Tx, id: string): Promise<Agent | null> {
  const row = await tx.manager.findOneBy(AgentRow, { id });
  return row && (await withTeammates(tx, [row]))[0]!;
}

/** Oldest first. */
export async function pageOfAgents(
  tx: Tx,
  projectId: string,
  status: AgentStatus | null,
  first: number,
  after: Keyset | null,
): Promise<Page<Agent & { createdAt: Date }>> {
  const query = tx.manager.createQueryBuilder(AgentRow, 'agent').where('agent.project_id = :projectId', { projectId });
  if (status) query.andWhere('agent.status = :status', { status });
  if (after) query.andWhere('(agent.created_at, agent.id) > (:at, :id)', { at: after.at, id: after.id });
  const rows = await query
    .orderBy('agent.createdAt')
    .addOrderBy('agent.id')
    .limit(first + 1)
    .getMany();
  const agents = await withTeammates(tx, rows.slice(0, first));
  const items = agents.map((agent, index) => ({ ...agent, createdAt: rows[index]!.createdAt }));
  return { items, hasNextPage: rows.length > first, hasPreviousPage: after !== null };
}

export async function agentsOf(tx: Tx, projectId: string): Promise<Agent[]> {
  return withTeammates(tx, await tx.manager.find(AgentRow, { where: { projectId }, order: { sourceId: 'ASC' } }));
}

/** How many have no answer, or none that holds in this workspace. */
export async function countOpenAgents(tx: Tx, projectId: string, environment: Environment): Promise<number> {
  const agents = await agentsOf(tx, projectId);
  return agents.filter(
    ({ status, teammates }) =>
      status === 'UNMATCHED' || (status === 'MATCHED' && !teammates.some(each => each.environment === environment)),
  ).length;
}

export async function answerAgent(
  tx: Tx,
  id: string,
  answer: { status: AgentStatus; teammateEmail: string | null },
): Promise<void> {
  await tx.manager.update(AgentRow, { id }, { ...answer, answered: true });
}
