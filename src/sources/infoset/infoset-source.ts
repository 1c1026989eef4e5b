import { Blocked } from '../../domain/model/blocked.js';
import { isFilled, textOf } from '../../domain/model/record-fields.js';
import type { Secret } from '../../domain/model/secret.js';
import type { StoredBlob } from '../../domain/ports/blob-store.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { isTooLarge } from '../../domain/ports/page-pieces.js';
import type { ProbeResult, Source, SourceListing, SourcePage, SourcePlan, SourceRecord } from '../../domain/ports/source.js';
import { keptText } from '../../domain/text/kept-text.js';
import { knownTimeZone, usualTimeZone } from '../../domain/text/time-zone.js';
import { download } from './download.js';
import { InfosetClient, type InfosetClientOptions, type JsonAnswer, maxBytes } from './infoset-client.js';
import { itemTexts } from './item-texts.js';
import { keyLogin, tokenLogin } from './login.js';
import { probe } from './probe.js';
import { infosetV1, type ResourceProfile, withOverrides } from './profile.js';
import { toRecord } from './records.js';

/** What a connection's options may say. */
export interface InfosetOptions {
  /** Log in by this e-mail, with the secret as password, instead of by key. */
  loginEmail?: string;
  /** Changes of the profile. */
  profile?: object;
  /** Where the account does not tell them. */
  planCode?: string;
  chatHistoryRetentionDays?: number;
  mailAccountLimit?: number;
  chatWidgetLimit?: number;
  recordingDownload?: boolean;
  timeZone?: string;
  /** Names the account in keys where it does not tell its id. */
  accountKey?: string;
  defaultCountry?: string;
}

const maxItems = 2_147_483_647;
/** On so many the first record may be too large to be read. */
const pagesToCount = 3;

/** An Infoset account, read as its profile says. */
export class InfosetSource implements Source {
  readonly listings: readonly SourceListing[];
  private readonly client: InfosetClient;
  private readonly profile;
  private timeZone: string | null;

  constructor(
    { secret, ...rest }: Omit<InfosetClientOptions, 'login'> & { secret: Secret },
    private readonly options: InfosetOptions,
  ) {
    const { http, baseUrl, rateLimitWaitMs } = rest;
    const login = options.loginEmail ? tokenLogin(http, baseUrl, options.loginEmail, secret, rateLimitWaitMs) : keyLogin(secret);
    this.client = new InfosetClient({ ...rest, login });
    this.profile = withOverrides(infosetV1, options.profile);
    this.timeZone = options.timeZone === undefined ? null : knownZone(options.timeZone);
    this.listings = Object.entries(this.profile.resources).map(
      ([name, { recordType, shape, of, observed, pathById, since }]) => ({
        name,
        recordType,
        shape,
        ...(of ? { of } : {}),
        observed: observed ?? false,
        byId: pathById !== undefined,
        since: since ?? false,
      }),
    );
  }

  get calls(): number {
    return this.client.calls;
  }

  get pageSize(): number {
    return this.profile.pageSize;
  }

  async probe(): Promise<ProbeResult> {
    const unknown = Object.keys(this.profile.resources).filter(name => !Object.hasOwn(infosetV1.resources, name));
    if (unknown.length > 0) {
      const detail = `Leave out ${unknown.join(', ')} in options.profile.resources: there are ${Object.keys(infosetV1.resources).join(', ')}.`;
      return { ok: false, detail: keptText(detail), workspaceId: null, workspaceName: null };
    }
    return probe(this.client, this.options.accountKey ?? null);
  }

  async plan(): Promise<SourcePlan> {
    const account = await this.account();
    const told = (account?.plan ?? {}) as Record<string, unknown>;
    const number = (name: keyof InfosetOptions) =>
      typeof told[name] === 'number' ? (told[name] as number) : ((this.options[name] as number) ?? null);
    return {
      code: typeof told.code === 'string' ? told.code : (this.options.planCode ?? 'UNKNOWN'),
      chatHistoryRetentionDays: number('chatHistoryRetentionDays'),
      mailAccountLimit: number('mailAccountLimit'),
      chatWidgetLimit: number('chatWidgetLimit'),
      recordingDownload:
        typeof told.recordingDownload === 'boolean' ? told.recordingDownload : (this.options.recordingDownload ?? null),
    };
  }

  async page(
    listing: SourceListing,
    page: number,
    { size = this.pageSize, parentId, since }: { size?: number; parentId?: string; since?: Date } = {},
  ): Promise<SourcePage> {
    const resource = this.resource(listing);
    const timeZone = await this.zone();
    const parameters = this.parameters(resource, page, size, since);
    if (parentId !== undefined) parameters.push([resource.parentParameter!, parentId]);
    const answer = await this.client.get(resource.path, parameters);
    const { items, total } = resource.nullIsNone && answer.json === null ? { items: [], total: 0 } : envelope(answer);
    const texts = itemTexts(answer.text);
    const records = items.map((item, index) =>
      toRecord(this.profile, resource, timeZone, texts[index] ?? JSON.stringify(item), item),
    );
    // A listing of one parent's children may leave out whose they are.
    if (parentId !== undefined) for (const record of records) record.parentId ??= parentId;
    return { records, total, at: answer.at };
  }

  async count(listing: SourceListing, since?: Date): Promise<{ total: number | null; at: Date }> {
    const resource = this.resource(listing);
    for (let page = 1; ; page++) {
      try {
        const answer = await this.client.get(resource.path, this.parameters(resource, page, 1, since));
        return { total: envelope(answer).total, at: answer.at };
      } catch (error) {
        // Whichever record is on it, a page tells how many there are.
        if (!isTooLarge(error) || page === pagesToCount) throw error;
      }
    }
  }

  async one(listing: SourceListing, id: string | null): Promise<SourceRecord | null> {
    const resource = this.resource(listing);
    const path = id === null ? resource.path : resource.pathById!.replace('{id}', encodeURIComponent(id));
    const timeZone = listing.shape === 'SINGLE' ? usualTimeZone : await this.zone();
    try {
      const { json, text } = await this.client.get(path);
      if (json === null) return null;
      // It says what naive dates are in: nothing is asked twice.
      if (resource === this.profile.resources.account) this.timeZone ??= zoneTold(json as Record<string, unknown>);
      const record = toRecord(this.profile, resource, timeZone, text.trim(), json);
      // What is asked for by its id need not repeat it.
      if (id === null || record.id === id || typeof json !== 'object') return record;
      const problems = record.problems.filter(each => each.code !== 'RECORD_WITHOUT_ID' && each.code !== 'ID_UNUSABLE');
      return { ...record, id, skipped: false, problems };
    } catch (error) {
      if (error instanceof CallFailure && (error.kind === 'NOT_FOUND' || error.kind === 'GONE') && id !== null) return null;
      throw error;
    }
  }

  async file(
    url: string,
    { size, contentType: declared, mayWait }: { size: number | null; contentType: string; mayWait?: boolean },
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }> {
    const mayBeText = /html|json/i.test(declared);
    const demands = {
      size,
      mayWait: mayWait ?? true,
      ...(mayBeText ? {} : { contentType: /^(?!text\/html|application\/json)/i }),
    };
    const { kept, contentType } = await download(this.client, url, demands, keep);
    return { blob: kept, contentType };
  }

  hostOf(url: string): { name: string; isOwn: boolean } {
    return this.client.hostOf(url);
  }

  async recording(
    callId: string,
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }> {
    const path = this.profile.recordingPath.replace('{id}', encodeURIComponent(callId));
    const demands = { withRanges: true, contentType: /^(audio|video)\/|^application\/(octet-stream|ogg)/i };
    const { kept, contentType } = await download(this.client, path, demands, keep);
    return { blob: kept, contentType };
  }

  private parameters({ parameters = {}, sortBy }: ResourceProfile, page: number, size: number, since?: Date): [string, string][] {
    const names = this.profile.parameters;
    return [
      ...Object.entries(parameters),
      [names.page, String(page)],
      [names.pageSize, String(size)],
      [names.withTotal, 'true'],
      ...(sortBy
        ? ([
            [names.sortBy, sortBy],
            [names.sortDirection, 'asc'],
          ] as [string, string][])
        : []),
      ...(since ? ([[names.since, since.toISOString()]] as [string, string][]) : []),
    ];
  }

  private resource(listing: SourceListing): ResourceProfile {
    return this.profile.resources[listing.name]!;
  }

  /** The account's zone, which naive dates are in. */
  private async zone(): Promise<string> {
    if (this.timeZone === null) {
      this.timeZone = zoneTold(await this.account());
    }
    return this.timeZone;
  }

  private async account(): Promise<Record<string, unknown> | null> {
    try {
      return (await this.client.get(this.profile.resources.account!.path, [], { most: maxBytes.facts })).json as Record<
        string,
        unknown
      > | null;
    } catch (error) {
      // Assumed to exist; where it is refused, the options and the usual values stand in.
      if (error instanceof CallFailure && (error.kind === 'FORBIDDEN' || error.kind === 'NOT_FOUND')) return null;
      throw error;
    }
  }
}

/** The zone that the account names, or the usual one. @throws Blocked TIME_ZONE_UNKNOWN */
function zoneTold(account: Record<string, unknown> | null): string {
  const told = textOf(account?.timeZone);
  return isFilled(told) ? knownZone(told) : usualTimeZone;
}

/** @throws Blocked TIME_ZONE_UNKNOWN: in a zone that nobody knows every time without an offset would be wrong */
function knownZone(name: string): string {
  const zone = knownTimeZone(name);
  if (zone !== null) return zone;
  const message = `Give timeZone in the options of the SOURCE connection, as IANA names it, for example ${usualTimeZone}: the account names its zone “${keptText(name, 60)}”, which is none. Then resume the run.`;
  throw new Blocked({ code: 'TIME_ZONE_UNKNOWN', message });
}

/** @throws CallFailure NOT_JSON where a page has no items: an error that was told with 200 */
function envelope({ json }: JsonAnswer): { items: unknown[]; total: number | null } {
  if (Array.isArray(json)) return { items: json, total: json.length };
  const { items, totalItems } = (json ?? {}) as { items?: unknown; totalItems?: unknown };
  if (!Array.isArray(items)) throw new CallFailure('NOT_JSON', 'It answers with a body that is no page.');
  // 0 beside items means that it was not counted.
  // Nor is a number that no listing can have.
  const counted = Number.isInteger(totalItems) && Math.abs(totalItems as number) <= maxItems ? (totalItems as number) : null;
  const total = counted !== null && counted >= 0 && (counted > 0 || items.length === 0) ? counted : null;
  return { items, total };
}
