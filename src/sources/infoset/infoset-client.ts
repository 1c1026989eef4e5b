import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '../../domain/model/secret.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { RateBudget, RateLimitReport } from '../../domain/ports/rate-budget.js';
import { parseJson } from '../../http/bounded-json.js';
import type { Download, OpenDownload } from '../../http/download.js';
import { failureOfStatus, type Http, type HttpAnswer } from '../../http/http-client.js';
import type { InfosetLogin } from './login.js';

const inFlightLimit = 5;
const attempts = 8;
const firstPauseMs = 200;
const longestPauseMs = 10_000;
const maxCalls = 1_000_000;
/** So long waits for a limit are part of the work. */
const shortWaitMs = 2_000;

/** What is read of an answer at most: of a few facts about the account, and of records, of which one may be as long as a page. */
export const maxBytes = { facts: 1024 * 1024, records: 16 * 1024 * 1024 };

export interface InfosetClientOptions {
  http: Http;
  openDownload: OpenDownload;
  budget: RateBudget;
  baseUrl: string;
  login: InfosetLogin;
  rateLimitWaitMs: number;
  signal: AbortSignal;
  /** Told when the source's limit makes it wait; it may wait longer. */
  onLimit?: (ms: number) => void | Promise<void>;
}

export interface JsonAnswer {
  json: unknown;
  text: string;
  at: Date;
}

/** Reads the API: at most five calls in flight, within the limit that the answers tell, again where it was transient. */
export class InfosetClient {
  calls = 0;
  private inFlight = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly budgetKey: Secret;

  constructor(private readonly options: InfosetClientOptions) {
    const { baseUrl, login } = options;
    this.budgetKey = new Secret(`${baseUrl} ${login.identity}`);
  }

  /**
   * @throws CallFailure once no attempt is left, or at once where another would not help
   */
  async get(
    path: string,
    parameters: [string, string][] = [],
    { most = maxBytes.records, tries = attempts }: { most?: number; tries?: number } = {},
  ): Promise<JsonAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(path, parameters, most);
      } catch (error) {
        if (!(error instanceof CallFailure && error.isTransient)) throw error;
        // Being limited is no failure: the budget waits, and it is tried again.
        if (error.kind === 'RATE_LIMITED') attempt--;
        else if (attempt >= tries) throw error;
        else await sleep(pause(attempt), undefined, { signal: this.options.signal });
      }
    }
  }

  private async attempt(path: string, parameters: [string, string][], most: number): Promise<JsonAnswer> {
    await this.enter();
    try {
      const { budget, signal, onLimit } = this.options;
      await budget.take(this.budgetKey, signal, ms => onLimit?.(ms));
      const answer = await this.send(path, parameters, most);
      return toJson(answer);
    } finally {
      this.leave();
    }
  }

  /**
   * Opens a download at a byte of it; its slot is free again once the bytes have been read or given up. Each host has its
   * own limit: a file that lies elsewhere takes neither a slot nor a call from the API, and waits for nobody but its host.
   * @param path of this host, or an address of any
   * @param mayWait whether it waits for the limit of its host for long
   * @throws CallFailure RATE_LIMITED at once where it would wait and may not
   */
  async openAt(path: string, from: number | null, ifRange: string | null, mayWait = true): Promise<Download> {
    const { openDownload, login, budget, signal } = this.options;
    const { url, isOwn } = this.addressOf(path);
    if (!url) throw new CallFailure('REJECTED', 'The address of the file is none.');
    // The others know it by no credential of ours: anyone who asks them shares their limit.
    const budgetKey = isOwn ? this.budgetKey : new Secret(url.origin);
    await budget.take(budgetKey, signal, ms => this.waitForFile(ms, mayWait));
    if (isOwn) await this.enter();
    let opened = false;
    try {
      this.calls++;
      const download = await openDownload({
        url,
        signal,
        headers: {
          // The owner of that address learns nothing of us.
          ...(isOwn ? await login.headers(signal) : {}),
          ...(from === null ? {} : { range: `bytes=${from}-` }),
          ...(from && ifRange ? { 'if-range': ifRange } : {}),
        },
      });
      const failure = await this.failureOf(download, isOwn);
      await budget.report(budgetKey, toldBy(download.headers, isOwn, failure));
      if (failure) throw failure;
      opened = true;
      return isOwn ? { ...download, bytes: this.releasing(download.bytes) } : download;
    } finally {
      if (isOwn && !opened) this.leave();
    }
  }

  /** Which host a path or an address leads to; '' where it leads nowhere. */
  hostOf(path: string): { name: string; isOwn: boolean } {
    const { url, isOwn } = this.addressOf(path);
    return { name: url?.origin ?? '', isOwn };
  }

  private addressOf(path: string): { url: URL | null; isOwn: boolean } {
    const base = new URL(`${this.options.baseUrl.replace(/\/+$/, '')}/`);
    const url = URL.parse(/^https?:/i.test(path) ? path : path.replace(/^\/+/, ''), base);
    const isAddress = url !== null && /^https?:$/.test(url.protocol);
    return { url: isAddress ? url : null, isOwn: isAddress && url.origin === base.origin };
  }

  private waitForFile(ms: number, mayWait: boolean): void | Promise<void> {
    if (!mayWait && ms > shortWaitMs)
      throw new CallFailure('RATE_LIMITED', 'The limit of its host is spent.', { retryAfterMs: ms });
    return this.options.onLimit?.(ms);
  }

  private async failureOf({ status, headers, bytes }: Download, isOwn: boolean): Promise<CallFailure | null> {
    if (status >= 200 && status < 300) return null;
    for await (const _ of bytes) break;
    const failure = failureOfStatus({ status, headers, text: '' }, this.options.rateLimitWaitMs)!;
    // We never told anybody else who we are: then it is no fault of the credentials.
    return !isOwn && failure.kind === 'UNAUTHORIZED' ? new CallFailure('FORBIDDEN', failure.message, { status }) : failure;
  }

  private async *releasing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } finally {
      this.leave();
    }
  }

  /** Waits before another attempt, longer each time. */
  pause(attempt: number): Promise<void> {
    return sleep(pause(attempt), undefined, { signal: this.options.signal });
  }

  private async send(path: string, parameters: [string, string][], most: number, again = true): Promise<HttpAnswer> {
    const { http, login, baseUrl, signal, rateLimitWaitMs, budget } = this.options;
    const url = new URL(path.replace(/^\//, ''), `${baseUrl.replace(/\/+$/, '')}/`);
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    this.calls++;
    const answer = await http({ url, headers: await login.headers(signal), signal, maxBytes: most });
    const failure = failureOfStatus(answer, rateLimitWaitMs);
    await budget.report(this.budgetKey, toldBy(answer.headers, true, failure));
    if (!failure) return answer;
    // A token may have ended before its time: once more with a new one.
    if (failure.kind === 'UNAUTHORIZED' && again && login.forget()) return this.send(path, parameters, most, false);
    throw failure;
  }

  private async enter(): Promise<void> {
    if (this.inFlight < inFlightLimit) this.inFlight++;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.inFlight--;
  }
}

function pause(attempt: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

/** What an answer tells of its host's limit; the header is of the API, and others may count anything by that name. */
function toldBy(headers: HttpAnswer['headers'], isOwn: boolean, failure: CallFailure | null): RateLimitReport {
  const remaining = isOwn ? Number(headers['x-ratelimit-remaining'] ?? Number.NaN) : Number.NaN;
  return {
    // A number that no limit can be says nothing.
    remaining: Number.isInteger(remaining) && remaining >= 0 && remaining <= maxCalls ? remaining : null,
    limitedForMs: failure?.kind === 'RATE_LIMITED' ? failure.details.retryAfterMs! : null,
  };
}

const errorNames = new Set(['message', 'error', 'errors', 'type', 'title', 'status', 'detail', 'traceId']);

function toJson({ text, headers }: HttpAnswer): JsonAnswer {
  const at = new Date(String(headers.date));
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    if (cause instanceof CallFailure) throw cause;
    const what = /<html|<!doctype/i.test(text) ? 'a page of HTML' : 'something that is no JSON';
    throw new CallFailure('NOT_JSON', `Check the base URL: it answers with ${what}.`, { cause });
  }
  // An error that is told with 200 must not be taken for a record.
  const names = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : [];
  if (names.length > 0 && names.every(name => errorNames.has(name))) {
    throw new CallFailure('NOT_JSON', 'It answers 200 with an error in the body.');
  }
  return { json, text, at: Number.isNaN(at.getTime()) ? new Date() : at };
}
