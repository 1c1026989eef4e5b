import type { Call, Reply } from '../simulator-server.js';
import type { InfosetAccount, Item, ListingName } from './account.js';

const largestPage = 100;
const defaultPage = 20;

/** Answers a page of a listing. */
export function listingReply(account: InfosetAccount, name: ListingName, { query }: Call, hidden: readonly string[]): Reply {
  const { problem, items } = chosen(account, name, query);
  if (problem) return { status: 400, body: { message: problem } };
  // A ticket without breaches gets an empty page or null.
  if (name === 'slabreaches' && items.length === 0 && Number(query.get('LinkedId')) % 2 === 1) return { status: 200, body: null };
  const page = Math.max(1, Number(query.get('Page') ?? 1) || 1);
  // A larger page is silently reduced.
  const size = Math.min(largestPage, Math.max(1, Number(query.get('ItemsPerPage') ?? defaultPage) || defaultPage));
  const wantsTotal = query.get('ReturnTotalItems') === 'true';
  const shown = items
    .slice((page - 1) * size, page * size)
    .filter(item => !hidden.includes(String(item.id)))
    .map(item => visible(name, item));
  return { status: 200, body: { items: shown, totalItems: wantsTotal ? items.length : 0 } };
}

function chosen(account: InfosetAccount, name: ListingName, query: URLSearchParams): { problem?: string; items: Item[] } {
  if (name === 'ticketlogs') {
    const ticketId = query.get('TicketId');
    if (!ticketId) return { problem: 'TicketId is required.', items: [] };
    return { items: account.logs(ticketId) };
  }
  const column = query.get('sortCol');
  let items = column ? account.sortedBy(name, column) : account.all(name);
  if (query.get('sortDir') === 'desc') items = items.toReversed();
  const tests: ((item: Item) => boolean)[] = [];
  const equal = (parameter: string, field: string) => {
    const wanted = query.getAll(parameter);
    if (wanted.length > 0) tests.push(item => wanted.includes(String(item[field])));
  };
  equal('Status', 'status');
  equal('LinkedType', 'linkedType');
  equal('LinkedId', 'linkedId');
  const owners = query.get('OwnerIds')?.split(',');
  if (owners) tests.push(item => (item.ownerIds ?? [item.ownerId]).some((owner: unknown) => owners.includes(String(owner))));
  const bound = (parameter: string, holds: (item: Item, at: number) => boolean) => {
    const at = account.time(query.get(parameter));
    if (query.has(parameter)) tests.push(item => holds(item, at));
  };
  bound('FromUpdatedDate', (item, at) => account.time(item.updatedDate) >= at);
  bound('FromCreatedDate', (item, at) => account.time(item.createdDate) >= at);
  bound('ToCreatedDate', (item, at) => account.time(item.createdDate) <= at);
  return { items: tests.length === 0 ? items : items.filter(item => tests.every(test => test(item))) };
}

/** The data of a report needs another call. */
function visible(name: ListingName, item: Item): Item {
  if (name !== 'reports') return item;
  const { data: _, ...rest } = item;
  return rest;
}
