import { keptText } from '../text/kept-text.js';
import { type AgentStatus, type Teammate, teammatesWith } from './agent.js';
import { foldedName } from './folded-name.js';
import type { NewIssue } from './issue.js';
import { listingOf } from './record-types.js';
import type { Environment } from './run.js';
import type { Person } from './source-shapes.js';

/** Staged users and teams, and the members of the connected workspaces. */
export interface MatchingFacts {
  users: AsyncIterable<Person>;
  teams: AsyncIterable<{ sourceId: string; name: string }>;
  teammates: readonly Teammate[];
  workspaceTeams: readonly { environment: Environment; name: string }[];
}

export interface AgentMatch {
  sourceId: string;
  name: string;
  email: string | null;
  teammateEmail: string | null;
  status: AgentStatus;
}

export interface AgentMatches {
  agents: AgentMatch[];
  /** One for each team that has no team of its name in a workspace. */
  issues: NewIssue[];
}

/** Matches agents with teammates by e-mail address, and teams by name. */
export async function matchAgents({ users, teams, teammates, workspaceTeams }: MatchingFacts): Promise<AgentMatches> {
  const matches: AgentMatches = { agents: [], issues: [] };
  for await (const user of users) if (user.id !== '') matches.agents.push(matchAgent(user, teammates));
  const environments = new Set(teammates.map(({ environment }) => environment));
  const known = new Set(workspaceTeams.map(team => `${team.environment} ${foldedName(team.name)}`));
  for await (const { sourceId, name: teamName } of teams) {
    const name = keptText(teamName, 200);
    for (const environment of environments)
      if (!known.has(`${environment} ${foldedName(name)}`)) matches.issues.push(unmatchedTeam(environment, sourceId, name));
  }
  return matches;
}

function matchAgent(user: Person, teammates: readonly Teammate[]): AgentMatch {
  const email = keptText(user.email ?? '', 500) || null;
  const teammateEmail = teammatesWith(email, teammates)[0]?.email ?? null;
  return {
    sourceId: user.id,
    name: keptText(user.name.replaceAll('\0', ''), 500),
    email,
    teammateEmail,
    status: teammateEmail === null ? 'UNMATCHED' : 'MATCHED',
  };
}

const unmatchedTeam = (environment: Environment, sourceId: string, name: string): NewIssue => ({
  code: 'TEAM_UNMATCHED',
  severity: 'WARNING',
  recordType: 'TEAM',
  listing: listingOf('TEAM'),
  sourceId,
  about: environment,
  message: `The ${environment} workspace has no team “${name}”.`,
  hint: 'Create the team in Intercom and set the connection again. Otherwise the attribute infoset_team holds its name.',
});
