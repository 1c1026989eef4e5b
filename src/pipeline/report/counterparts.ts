import { foldedName } from '../../domain/model/folded-name.js';
import { shown, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { agentsOf } from '../../store/agents.js';
import { destinationUrlsOf } from '../../store/crosswalk.js';
import { readNames } from '../../store/lookups.js';
import { allStaged } from '../../store/staged-pages.js';
import { addressesOf, workspaceTeams } from '../../store/workspace-members.js';
import { joined, link, type Markdown, md } from './markup.js';
import type { Reporting } from './write-documents.js';

/** Names of ids of the source, and their counterparts in Intercom, as Markdown. */
export interface Counterparts {
  /** A value of a parameter: ids are replaced by names, other values are not changed. */
  named(parameter: string, value: unknown): Markdown;
  team(id: unknown): Markdown;
  user(id: unknown): Markdown;
  /** Sender addresses of the workspace in lower case, with their brand. */
  addresses: ReadonlyMap<string, string>;
}

export async function readCounterparts(context: Reporting): Promise<Counterparts> {
  const { work, environment } = context;
  const { counterparts: t } = context.texts;
  const { projectId } = work.lease;
  const [names, urls, agents, teams, addresses] = await work.transaction(
    async tx =>
      [
        await readNames(tx, projectId),
        await destinationUrlsOf(tx, { projectId, environment }, 'ARTICLE'),
        new Map((await agentsOf(tx, projectId)).map(agent => [agent.sourceId, agent])),
        new Map(
          (await workspaceTeams(tx, projectId))
            .filter(each => each.environment === environment)
            .map(each => [foldedName(each.name), each]),
        ),
        new Map((await addressesOf(tx, projectId, environment)).map(({ address, brand }) => [address.toLowerCase(), brand])),
      ] as const,
  );
  const lookup = async (listing: string, field: string) =>
    new Map((await allStaged(context, listing)).map(({ sourceId, record }) => [sourceId, textOf(record[field])]));
  const mails = await lookup(listingOf('MAIL_ACCOUNT'), 'address');
  const widgets = await lookup(listingOf('CHAT_WIDGET'), 'name');
  const articles = await lookup(listingOf('ARTICLE'), 'title');

  const team = (id: unknown) => {
    const name = names.teams.get(textOf(id));
    if (name === undefined) return t.deletedTeam(id);
    const there = teams.get(foldedName(name));
    return md`${name} (${there ? t.team(there.id) : t.noTeam})`;
  };
  const user = (id: unknown) => {
    const agent = agents.get(textOf(id));
    if (!agent) return t.deletedUser(id);
    return md`${agent.name} (${agent.teammateEmail ?? t.noTeammate})`;
  };
  const article = (id: unknown) => {
    const url = urls.get(textOf(id));
    return md`${articles.get(textOf(id)) ?? t.article(textOf(id))}${url ? md` (${link(url)})` : ''}`;
  };
  const each = (value: unknown, name: (id: unknown) => Markdown) => joined([value].flat().map(name), ', ');
  const byName = new Map<string, (value: unknown) => Markdown>(
    Object.entries({
      teamId: (value: unknown) => each(value, team),
      userId: (value: unknown) => each(value, user),
      ownerId: (value: unknown) => each(value, user),
      ownerIds: (value: unknown) => each(value, user),
      pipelineId: (value: unknown) => md`${names.pipelines.get(textOf(value)) ?? value}`,
      stageId: (value: unknown) => md`${[...names.stages].find(([key]) => key.endsWith(`/${textOf(value)}`))?.[1] ?? value}`,
      emailAccountId: (value: unknown) => {
        const address = mails.get(textOf(value));
        if (address === undefined) return t.deletedMail(value);
        return md`${address} (${addresses.has(address.toLowerCase()) ? t.isThere : t.notThere})`;
      },
      widgetId: (value: unknown) => md`${widgets.get(textOf(value)) ?? value}`,
      articleId: article,
      articleIds: (value: unknown) => each(value, article),
    }),
  );
  const named = (parameter: string, value: unknown) => byName.get(parameter)?.(value) ?? md`${shown(value)}`;
  return { named, team, user, addresses };
}
