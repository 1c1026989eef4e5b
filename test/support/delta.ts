import { expect } from 'vitest';
import type { InfosetAccount, Item, TableName } from '../../src/simulators/infoset/account.js';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Conversation } from '../../src/simulators/intercom/workspace.js';
import { ended, type RunView, startRun } from './extraction.js';
import type { StartRunInput } from './generated/graphql.js';
import type { Partner } from './server.js';

export async function delta(partner: Partner, projectId: string): Promise<RunView> {
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'DELTA', environment: 'PRODUCTION' });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id, 600_000);
}

export async function verification(partner: Partner, projectId: string, more: Partial<StartRunInput> = {}): Promise<RunView> {
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'VERIFICATION', environment: 'PRODUCTION', ...more });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id, 600_000);
}

/** How many calls were answered since, by method and path. */
export function callsSince(now: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now)
      .map(([call, count]) => [call, count - (before[call] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}
export const sum = (calls: Record<string, number>) => Object.values(calls).reduce((total, count) => total + count, 0);

const listings: [TableName, (item: Item) => boolean][] = [
  ...(['users', 'teams', 'companies', 'contacts', 'pipelines', 'deals', 'tickets', 'calls'] as const).map(all),
  ...(['articlecategories', 'articles', 'emailaccounts', 'chatwidgets', 'automations', 'reports'] as const).map(all),
  ...['contact', 'company', 'deal', 'ticket'].map((type): [TableName, (item: Item) => boolean] => [
    'customfields',
    item => item.linkedType === type,
  ]),
];
function all(table: TableName): [TableName, (item: Item) => boolean] {
  return [table, () => true];
}

/** The pages of one sweep over all listings. */
export const listingPages = (account: InfosetAccount) =>
  listings.reduce((pages, [table, fits]) => pages + Math.max(1, Math.ceil(account.all(table).filter(fits).length / 100)), 0);

/** Changes a record at the source, a day after its clock. */
export function edit({ account }: InfosetSimulator, table: TableName, item: Item, change: Item): void {
  account.put(table, { ...item, updatedDate: '2026-11-24T12:00:00Z', ...change });
}

/** The conversation of a ticket in the workspace. */
export function conversationOf({ workspace }: IntercomSimulator, ticketId: unknown): Conversation {
  const found = [...workspace.conversations.values()].filter(
    each => each.custom_attributes.infoset_ticket_id === String(ticketId),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** The key under which a record of the simulated account arrives. */
export const keyOf = (id: unknown) => `infoset:71:${id}`;

/** The texts of a conversation. */
export const seen = ({ parts }: { parts: { body: string | null }[] }) => parts.flatMap(({ body }) => body ?? []).join('\n');
