import { foldedName } from '../../domain/model/folded-name.js';
import type { IssueCode } from '../../domain/model/issue.js';
import { type Fields, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { agentsOf } from '../../store/agents.js';
import { countRecordings } from '../../store/call-recordings.js';
import { documentsOf } from '../../store/documents.js';
import { countIssues } from '../../store/issues.js';
import { allStaged } from '../../store/staged-pages.js';
import { workspaceTeams } from '../../store/workspace-members.js';
import { readCounterparts } from './counterparts.js';
import { amount, inItem, joined, lines, type Markdown, md, paragraphs, table } from './markup.js';
import { planFacts } from './plan-facts.js';
import type { Texts } from './texts/texts.js';
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
  const { runbook: t, names: words } = context.texts;
  const ticks = (texts: readonly unknown[]) => lines(texts.map(text => md`   - [ ] ${text}`));
  const issueTexts = facts.issues.map(({ code, recordType, count }) =>
    t.issue(words.issues[code as IssueCode] ?? code, recordType && words.recordTypes[recordType], count),
  );
  const list = table(
    t.agentColumns,
    facts.agents.map(({ sourceId, name, teammateEmail }) => {
      const user = users.get(sourceId) ?? {};
      const teams = joined([user.teamIds ?? []].flat().map(names.team), ', ');
      return [name, teammateEmail ?? t.invite, user.role, user.status, teams];
    }),
  );
  const { DOWNLOADED: downloaded, all: recordings } = facts.recordings;
  const named = (some: readonly { record: Fields }[], field: string) => ticks(some.map(({ record }) => record[field]));
  const steps: Markdown[] = [
    t.teammates(matched, facts.agents.length, working, limitOf(working, destinationLimits.seats, context.texts), list),
    missingTeams.length === 0 ? t.teamsAll : t.teams(named(missingTeams, 'name')),
    mails.length === 0 ? t.mailAll : t.mail(named(mails, 'address')),
    t.messenger(widgets.length, named(widgets, 'name')),
    t.workflows(automations.length, named(automations, 'name')),
    t.views,
    t.recordings(downloaded, recordings, manifest ? t.rootHash(manifest.sha256) : ''),
    facts.issues.length === 0 ? t.issuesNone : t.issues(ticks(issueTexts)),
    t.links,
    t.signOff,
  ];
  const open = [
    facts.agents.length - matched,
    missingTeams.length,
    mails.length,
    widgets.length,
    automations.length,
    downloaded,
    facts.issues.reduce((sum, { count }) => sum + count, 0),
  ];
  const overview = open.map((count, index) => [t.names[index], count > 0 ? count : amount(t.done)]);
  await keepText(
    context,
    { kind: 'RUNBOOK', name: `${environment.toLowerCase()}/runbook`, title: t.title },
    {
      summary: paragraphs([t.intro(open.filter(count => count > 0).length, steps.length), table(t.columns, overview)]),
      body: paragraphs(steps.map((step, index) => md`${index + 1}. ${inItem(step)}`)),
    },
  );
}

const limitOf = (needed: number, limit: number | null, { runbook: t }: Texts) =>
  limit === null ? t.noLimit : needed > limit ? t.over(needed - limit, t.seats) : t.within(limit, t.seats);
