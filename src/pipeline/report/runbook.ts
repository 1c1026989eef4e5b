import { foldedName } from '../../domain/model/folded-name.js';
import { textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { agentsOf } from '../../store/agents.js';
import { countRecordings } from '../../store/call-recordings.js';
import { documentsOf } from '../../store/documents.js';
import { countIssues } from '../../store/issues.js';
import { allStaged } from '../../store/staged-pages.js';
import { workspaceTeams } from '../../store/workspace-members.js';
import { readCounterparts } from './counterparts.js';
import { inItem, joined, lines, type Markdown, md, paragraphs, table } from './markup.js';
import { planFacts } from './plan-facts.js';
import { keepText, type Reporting } from './write-documents.js';

/** The tasks that are left, in order, with the names and numbers of this project. */
export async function writeRunbook(context: Reporting): Promise<void> {
  const { work, environment } = context;
  const { projectId } = work.lease;
  const facts = await work.transaction(async tx => ({
    agents: await agentsOf(tx, projectId),
    teams: (await workspaceTeams(tx, projectId)).filter(each => each.environment === environment),
    recordings: await countRecordings(tx, projectId),
    issues: (await countIssues(tx, projectId)).filter(({ status, severity }) => status === 'OPEN' && severity !== 'INFO'),
    documents: await documentsOf(tx, [projectId]),
  }));
  const { destinationLimits } = await planFacts(context);
  const names = await readCounterparts(context);
  const users = new Map((await allStaged(context, listingOf('AGENT'))).map(({ sourceId, record }) => [sourceId, record]));
  const known = new Set(facts.teams.map(({ name }) => foldedName(name)));
  const missingTeams = (await allStaged(context, listingOf('TEAM'))).filter(
    ({ record }) => !known.has(foldedName(textOf(record.name))),
  );
  const active = async (listing: string) => (await allStaged(context, listing)).filter(({ record }) => record.isActive !== false);
  const mails = (await active(listingOf('MAIL_ACCOUNT'))).filter(
    ({ record }) => !names.addresses.has(textOf(record.address).toLowerCase()),
  );
  const [automations, widgets] = [await active(listingOf('AUTOMATION')), await active(listingOf('CHAT_WIDGET'))];
  const manifest = facts.documents.find(({ name }) => name === `${environment.toLowerCase()}/recording-manifest.jsonl`);
  const matched = facts.agents.filter(({ teammateEmail }) => teammateEmail).length;
  const working = [...users.values()].filter(({ status }) => textOf(status) !== 'passive').length;
  const ticks = (texts: readonly unknown[]) => lines(texts.map(text => md`   - [ ] ${text}`));
  const steps: Markdown[] = [
    md`**Teammates.** ${matched} of ${facts.agents.length} agents have a teammate; ${working} are active at the source${limitOf(working, destinationLimits.seats, 'seats')}. Set roles and permissions by hand:\n\n${table(
      ['agent', 'teammate', 'role at the source', 'status', 'teams'],
      facts.agents.map(({ sourceId, name, teammateEmail }) => {
        const user = users.get(sourceId) ?? {};
        const teams = joined([user.teamIds ?? []].flat().map(names.team), ', ');
        return [name, teammateEmail ?? 'invite, or use the placeholder', user.role, user.status, teams];
      }),
    )}`,
    missingTeams.length === 0
      ? md`**Teams.** All exist.`
      : md`**Teams.** Create these and add their members:\n${ticks(missingTeams.map(({ record }) => record.name))}`,
    mails.length === 0
      ? md`**Mail.** Every active address exists. See mail-routing for forwards and replies.`
      : md`**Mail.** Add and verify these addresses, then forward them (mail-routing):\n${ticks(mails.map(({ record }) => record.address))}`,
    md`**Messenger.** ${widgets.length} active widgets (messenger-inventory):\n${ticks(widgets.map(({ record }) => record.name))}`,
    md`**Workflows.** ${automations.length} active automations (automation-inventory). Keep the workflows of the workspace paused until the end:\n${ticks(automations.map(({ record }) => record.name))}`,
    md`**Views.** One view per channel (channel-views).`,
    md`**Recordings.** ${facts.recordings.DOWNLOADED} of ${facts.recordings.all} are in the package recordings.zip${manifest ? md`, root hash \`${manifest.sha256}\`` : ''}; ${facts.recordings.all - facts.recordings.DOWNLOADED} are not available. Support staff attach recordings from the queue (callRecordings).`,
    facts.issues.length === 0
      ? md`**Open issues.** None.`
      : md`**Open issues.** Review them, and resolve or waive each:\n${ticks(facts.issues.map(({ code, recordType, count }) => `${code}${recordType ? ` of ${recordType}` : ''}: ${count}`))}`,
    md`**Links from other sites.** articles.csv lists the old and new addresses of articles. Set redirects where the old help center is served.`,
    md`**Sign off.** Read the reconciliation, compare a sample by hand, then switch the channels and resume workflows.`,
  ];
  await keepText(
    context,
    { kind: 'RUNBOOK', name: `${environment.toLowerCase()}/runbook`, title: 'Tasks that are left, in order' },
    paragraphs(steps.map((step, index) => md`${index + 1}. ${inItem(step)}`)),
  );
}

const limitOf = (needed: number, limit: number | null, what: string) =>
  limit === null
    ? md` (set \`${what}\` in the options of the connection to compare with the plan)`
    : needed > limit
      ? md`, **${needed - limit} more than the plan has ${what}**`
      : `, of ${limit} ${what} in the plan`;
