import type { DiscoveryFacts } from '../domain/discovery/facts.js';
import { dealsAs } from '../domain/model/deals.js';
import { environmentOf, isOpen } from '../domain/model/gates.js';
import { toRecordCounts } from '../domain/model/record-count.js';
import { detailListings } from '../domain/model/record-types.js';
import { connectionsOf } from '../store/connections.js';
import { discoveriesOf } from '../store/discoveries.js';
import {
  activeRecordsOf,
  agentGroupsOf,
  dealTypesOf,
  fieldFactsOf,
  firstPassesOf,
  languagesOf,
  measurementsOf,
} from '../store/discovery-facts.js';
import { newestListings } from '../store/readings.js';
import { teammatesOfProjects } from '../store/workspace-members.js';
import { type OperationContext, within } from './context.js';

const none = { agents: 0, mailAccounts: 0, chatWidgets: 0, campaigns: [] };

/** The facts of each project; null if no DISCOVERY run has succeeded. As many statements for many projects as for one. */
export async function findDiscoveryFacts(
  context: OperationContext,
  projectIds: readonly string[],
): Promise<(DiscoveryFacts | null)[]> {
  return within(context, async tx => {
    const discoveries = await discoveriesOf(tx, projectIds);
    const connections = Map.groupBy(await connectionsOf(tx, projectIds), each => each.projectId);
    const fields = await fieldFactsOf(tx, projectIds);
    const agents = await agentGroupsOf(tx, projectIds);
    const teammates = await teammatesOfProjects(tx, projectIds);
    const listings = await newestListings(tx, projectIds);
    const active = await activeRecordsOf(tx, projectIds);
    const languages = await languagesOf(tx, projectIds);
    const dealTypes = await dealTypesOf(tx, projectIds);
    const measured = await measurementsOf(tx, projectIds);
    const firstPasses = await firstPassesOf(tx, projectIds);
    return projectIds.map(id => {
      const discovery = discoveries.get(id);
      if (!discovery) return null;
      const workspace = ['DESTINATION' as const, 'SANDBOX' as const]
        .map(side => connections.get(id)?.find(each => each.side === side))
        .find(each => each !== undefined);
      const environment = environmentOf(workspace?.side === 'SANDBOX' ? 'SANDBOX' : 'DESTINATION');
      const there = teammates.get(id)!.filter(each => each.environment === environment);
      const known = agents.get(id) ?? [];
      const total = (groups: typeof known) => groups.reduce((sum, each) => sum + each.agents, 0);
      const open = known.filter(each => each.status !== 'PLACEHOLDER' && isOpen(each, there));
      const limit = (name: string) => (typeof workspace?.options[name] === 'number' ? (workspace.options[name] as number) : null);
      const phases = listings.get(id);
      const runs = measured.get(id) ?? {};
      return {
        discovery,
        read: phases ? new Map(toRecordCounts(phases).map(count => [count.recordType, count])) : null,
        emails: phases?.find(({ name }) => name === detailListings.EMAIL)?.staged ?? null,
        fields: fields.get(id) ?? null,
        agents: workspace ? { known: total(known), open: total(open) } : { known: 0, open: 0 },
        active: phases ? (active.get(id) ?? none) : null,
        languages: languages.get(id) ?? [],
        limits: { inboxes: limit('inboxes'), widgets: limit('widgets'), seats: limit('seats') },
        dealsAs: dealsAs(workspace?.options ?? {}),
        dealTypeFound: dealTypes.has(`${id} ${environment}`),
        measured: { extraction: runs.EXTRACTION ?? null, load: runs.PRODUCTION ?? null },
        firstPass: { extraction: firstPasses.get(id)?.EXTRACTION ?? null, load: firstPasses.get(id)?.PRODUCTION ?? null },
        callLimitPerMinute: runs.PRODUCTION?.callLimitPerMinute ?? null,
      };
    });
  });
}
