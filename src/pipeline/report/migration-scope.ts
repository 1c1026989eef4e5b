import { connectionsOf } from '../../store/connections.js';
import { lines, md, paragraphs, table } from './markup.js';
import { planFacts } from './plan-facts.js';
import { scopeFacts } from './scope-facts.js';
import { keepText, type Reporting } from './write-documents.js';

/** The scope of the project: the account, its content, what it refuses, and the constraints. */
export async function writeMigrationScope(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const facts = await scopeFacts(context);
  if (!facts) return;
  const { plan, counts, refused, retention, countedAt } = facts;
  const connections = await context.work.transaction(tx => connectionsOf(tx, [projectId]));
  await keepText(
    context,
    { kind: 'MIGRATION_SCOPE', name: 'migration-scope', title: 'Scope of the migration' },
    paragraphs([
      table(
        ['side', 'workspace', 'address'],
        connections.map(({ side, workspaceName, baseUrl }) => [side, workspaceName ?? 'unknown', new URL(baseUrl).host]),
      ),
      md`Plan of the source: ${plan.code}. Counted on ${countedAt.slice(0, 10)}:`,
      table(
        ['records', 'at the source'],
        counts.map(({ recordType, source }) => [recordType, source ?? 'unknown']),
      ),
      refused.length === 0
        ? 'The source refuses no listing.'
        : md`Not available at this source, and not part of the migration:\n\n${lines(refused.map(({ resource, reason }) => md`- ${resource}: ${reason}`))}`,
      'Not part of the migration, because Infoset does not return it: meetings and other kinds of activity, read receipts, online status, the content of automations beyond their definition.',
    ]),
  );
  const { destinationLimits } = await planFacts(context);
  const constraints = [
    retention.windowDays === null
      ? 'The plan of the source keeps chats forever.'
      : `The source deletes chats after ${retention.windowDays} days${retention.deadline ? `; the next ones on ${retention.deadline.slice(0, 10)}, in ${retention.atRisk ?? 0} tickets` : ''}. Extract first.`,
    plan.recordingDownload === false
      ? 'The plan of the source does not allow downloads of recordings.'
      : 'The extraction downloads recordings. They are kept in a package.',
    'Update times, closing times, ratings and service levels cannot be set in Intercom. They are kept in attributes.',
    'Every conversation has the channel Messenger. Its original channel is kept in channel_source.',
    'Notes of contacts and companies cannot be backdated or deleted.',
    'Teammates, teams, inboxes, addresses, brands, custom object types, workflows and the Messenger are set up by hand.',
    'Opening, assigning, closing and snoozing a conversation, and messages of contacts, cannot be silenced. Pause workflows and notifications of the workspace during the load.',
    `Limits of the plan of Intercom: inboxes ${destinationLimits.inboxes ?? 'unknown'}, widgets ${destinationLimits.widgets ?? 'unknown'}, seats ${destinationLimits.seats ?? 'unknown'}.`,
  ];
  await keepText(
    context,
    { kind: 'CONSTRAINT_CHECKLIST', name: 'constraint-checklist', title: 'Constraints to agree on' },
    lines(constraints.map(each => md`- [ ] ${each}`)),
  );
}
