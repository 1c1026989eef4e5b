import { knownTimeZone, usualTimeZone } from '../../domain/text/time-zone.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';

// biome-ignore lint/suspicious/noExplicitAny: a simulated account holds whatever JSON it was given.
export type Item = Record<string, any>;

/** Paths of the listings by the name of their file. */
export const listingPaths = {
  users: '/v1/users',
  teams: '/v1/teams',
  customfields: '/v1/customfields',
  companies: '/v1/companies',
  contacts: '/v1/contacts',
  pipelines: '/v1/pipelines',
  deals: '/v1/deals',
  tickets: '/v1/tickets',
  ticketlogs: '/v1/tickets/logs',
  slabreaches: '/v1/slas/breaches',
  calls: '/v1/calls',
  articlecategories: '/v1/articlecategories',
  articles: '/v1/articles',
  emailaccounts: '/v1/emailaccounts',
  chatwidgets: '/v1/chatwidgets',
  automations: '/v1/automations',
  reports: '/v1/reports',
} as const;
export type ListingName = keyof typeof listingPaths;
/** All tables of an account: the listings, and records that are read one by one. */
export type TableName = ListingName | 'emails' | 'files' | 'recordings';

/** The bytes of a file or a recording, or its error status. */
export interface Blob {
  contentType: string;
  size: number;
  /** 200, or the status of the error. */
  status: number;
  bytes: () => Buffer;
}

/** The content of an Infoset account, in memory. The control server can change it at any time. */
export class InfosetAccount {
  account: Item = {};
  readonly blobs = { files: new Map<string, Blob>(), recordings: new Map<string, Blob>() };
  private readonly tables = new Map<TableName, Map<string, Item>>();
  private readonly logsOf = new Map<string, Set<string>>();
  private readonly sorted = new Map<string, Item[]>();

  /**
   * @param now the account's clock: constant for a stored account, running for a generated one
   * @param expires whether chat logs disappear after the plan's retention period
   */
  constructor(
    public now: () => Date,
    readonly expires: boolean,
  ) {}

  put(table: TableName, item: Item): void {
    const id = String(item.id ?? item.callId);
    this.table(table).set(id, item);
    this.sorted.clear();
    if (table !== 'ticketlogs') return;
    const ticketId = String(item.ticketId);
    const logs = this.logsOf.get(ticketId) ?? new Set();
    this.logsOf.set(ticketId, logs.add(id));
  }

  remove(table: TableName, id: string): boolean {
    const item = this.get(table, id);
    if (table === 'ticketlogs' && item) this.logsOf.get(String(item.ticketId))?.delete(id);
    this.sorted.clear();
    return this.table(table).delete(id);
  }

  get(table: TableName, id: string): Item | undefined {
    return this.table(table).get(id);
  }

  all(table: TableName): Item[] {
    return [...this.table(table).values()];
  }

  /** The logs of a ticket in the order in which they were written, without expired ones. */
  logs(ticketId: string): Item[] {
    const logs = [...(this.logsOf.get(ticketId) ?? [])].map(id => this.get('ticketlogs', id)!);
    return this.expires ? logs.filter(log => log.type !== 'chat' || !this.isExpired(log.createdDate)) : logs;
  }

  /** Sorted by a date, oldest first, then by id. */
  sortedBy(table: TableName, column: string): Item[] {
    const key = `${table} ${column}`;
    const known = this.sorted.get(key);
    if (known) return known;
    const dated = this.all(table).map(item => ({ item, at: this.time(item[column]), id: Number(item.id) }));
    const sorted = dated.sort((a, b) => a.at - b.at || a.id - b.id).map(({ item }) => item);
    this.sorted.set(key, sorted);
    return sorted;
  }

  /** Milliseconds of a date in any of the account's formats; 0 if there is none. */
  time(text: unknown): number {
    return parseZonedDate(text, knownTimeZone(String(this.account.timeZone)) ?? usualTimeZone)?.getTime() ?? 0;
  }

  private isExpired(date: unknown): boolean {
    const days = this.account.plan?.chatHistoryRetentionDays as number | undefined;
    return days !== undefined && this.time(date) < this.now().getTime() - days * 86_400_000;
  }

  private table(name: TableName): Map<string, Item> {
    let table = this.tables.get(name);
    if (!table) {
      table = new Map();
      this.tables.set(name, table);
    }
    return table;
  }
}
