import { connectionsOf } from '../../store/connections.js';
import { lines, md, paragraphs, table } from './markup.js';
import { planFacts } from './plan-facts.js';
import { scopeFacts } from './scope-facts.js';
import { keepText, type Reporting } from './write-documents.js';

/** What the project is about: the account, what it holds, what it refuses, and what stands against it. */
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
        counts.map(({ recordType, source }) => [recordType, source ?? 'not told']),
      ),
      refused.length === 0
        ? 'The source refuses nothing that was asked for.'
        : md`Not available at this source, so not part of it:\n\n${lines(refused.map(({ resource, reason }) => md`- ${resource}: ${reason}`))}`,
      'Not part of it, because Infoset does not give it: meetings and other kinds of activity, read receipts, online status, the content of automations beyond their definition.',
    ]),
  );
  const { destinationLimits } = await planFacts(context);
  const constraints = [
    retention.windowDays === null
      ? 'Chats are kept for ever by the plan of the source.'
      : `Chats are deleted ${retention.windowDays} days after they were written${retention.deadline ? `; the next ones on ${retention.deadline.slice(0, 10)}, in ${retention.atRisk ?? 0} tickets at risk` : ''}: extract first.`,
    plan.recordingDownload === false
      ? 'The plan of the source forbids downloads of recordings.'
      : 'Recordings are downloaded by the extraction, and kept in a package.',
    'Times of change, of closing, ratings and service levels cannot be set in Intercom: they are kept in attributes.',
    'Every conversation arrives by the channel Messenger: its own channel is kept in channel_source.',
    'Notes of contacts and companies cannot be backdated or deleted.',
    'Teammates, teams, inboxes, addresses, brands, types of custom objects, workflows and the Messenger are made by hand.',
    'Opening, assigning, closing and snoozing a conversation, and messages of contacts, cannot be silenced: pause workflows and notifications of the workspace meanwhile.',
    `Limits of the plan of Intercom: inboxes ${destinationLimits.inboxes ?? 'unknown'}, widgets ${destinationLimits.widgets ?? 'unknown'}, seats ${destinationLimits.seats ?? 'unknown'}.`,
  ];
  await keepText(
    context,
    { kind: 'CONSTRAINT_CHECKLIST', name: 'constraint-checklist', title: 'Constraints to agree on' },
    lines(constraints.map(each => md`- [ ] ${each}`)),
  );
}
