import type { ConversationDraft } from '../../domain/drafts/drafts.js';
import { foldedName } from '../../domain/model/folded-name.js';
import { loadedDrafts } from '../../store/drafts.js';
import { workspaceTeams } from '../../store/workspace-members.js';
import type { Reporting } from './write-documents.js';

const batchSize = 200;

/**
 * Writes that cannot be silenced: contacts open conversations and write messages, and changes of conversations have no silent
 * flag.
 */
export interface UnsilencedWrites {
  openings: number;
  contactReplies: number;
  assignments: number;
  endings: number;
}

/** Counts them over all loaded conversations. */
export async function countUnsilenced({ work, environment }: Reporting): Promise<UnsilencedWrites> {
  const { projectId, organizationId } = work.lease;
  const scope = { projectId, organizationId, environment };
  const teams = new Set(
    (await work.transaction(tx => workspaceTeams(tx, projectId)))
      .filter(team => team.environment === environment)
      .map(({ name }) => foldedName(name)),
  );
  const counts = { openings: 0, contactReplies: 0, assignments: 0, endings: 0 };
  for (const type of ['TICKET', 'CALL'] as const) {
    for (let after = ''; ; ) {
      const batch = await work.transaction(tx => loadedDrafts(tx, scope, type, after, batchSize));
      if (batch.length === 0) break;
      work.checkHalt();
      for (const { body } of batch) {
        const { parts, team, assigneeAgents, state } = JSON.parse(body) as ConversationDraft;
        counts.openings++;
        counts.contactReplies += parts.filter(({ author }) => author.kind.endsWith('CONTACT')).length;
        counts.assignments += (team !== null && teams.has(foldedName(team)) ? 1 : 0) + (assigneeAgents.length > 0 ? 1 : 0);
        if (state !== 'open') counts.endings++;
      }
      after = batch.at(-1)!.sourceId;
    }
  }
  return counts;
}
