import type { Agent, AgentStatus, Teammate } from '../domain/model/agent.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { Environment } from '../domain/model/run.js';
import { agentById, agentList, pagesOfAgents } from '../store/agents.js';
import { pagesOfTeammates, teammateList } from '../store/workspace-members.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage, teammateCursor } from './cursor.js';

/** A page of each project, oldest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listAgents(
  context: OperationContext,
  projectIds: readonly string[],
  { status, ...page }: PageRequest & { status: AgentStatus | null },
): Promise<Page<Agent & { createdAt: Date }>[]> {
  const window = readPage(page, keysetCursor);
  const list = agentList(status);
  return countedPages(context, list, projectIds, tx => pagesOfAgents(tx, list, projectIds, window));
}

/** A page of the teammates of each project, as its workspaces were seen last. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listTeammates(
  context: OperationContext,
  projectIds: readonly string[],
  { environment, ...page }: PageRequest & { environment: Environment | null },
): Promise<Page<Teammate & { position: number }>[]> {
  const window = readPage(page, teammateCursor);
  const list = teammateList(environment);
  return countedPages(context, list, projectIds, tx => pagesOfTeammates(tx, list, projectIds, window));
}

/** @throws UserError MALFORMED_ID */
export async function findAgent(context: OperationContext, id: string): Promise<Agent | null> {
  const uuid = uuidOf('Agent', id);
  return uuid === null ? null : within(context, tx => agentById(tx, uuid));
}
