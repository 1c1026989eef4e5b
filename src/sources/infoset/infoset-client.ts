import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailure } from '../../domain/call-failure.js';
import type { RateBudget } from '../../domain/rate-budget.js';
import { Secret } from '../../domain/secret.js';
import { parseJson } from '../../http/bounded-json.js';
import type { Download, OpenDownload } from '../../http/download.js';
import { failureOfStatus, type Http, type HttpAnswer } from '../../http/http-client.js';
import type { InfosetLogin } from './login.js';

const inFlightLimit = 5;
const attempts = 8;
const firstPauseMs = 200;
const longestPauseMs = 10_000;
const mostCalls = 1_000_000;

/** What is read of an answer at most: of a few facts about the account, and of records, of which one may be as long as a page. */
export const mostBytes = { facts: 1024 * 1024, records: 16 * 1024 * 1024 };

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
    { most = mostBytes.records, tries = attempts }: { most?: number; tries?: number } = {},
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
   * Opens a download at a byte of it; its slot is free again once the bytes have been read or given up.
   * @param path of this host, or an address of any
   * @throws CallFailure
   */
  async openAt(path: string, from: number | null, ifRange: string | null): Promise<Download> {
    const { baseUrl, openDownload, login, budget, signal, rateLimitWaitMs, onLimit } = this.options;
    const base = new URL(`${baseUrl.replace(/\/+$/, '')}/`);
    const url = URL.parse(/^https?:/i.test(path) ? path : path.replace(/^\/+/, ''), base);
    if (!url || !/^https?:$/.test(url.protocol)) throw new CallFailure('REJECTED', 'The address of the file is none.');
    const isOwn = url.origin === base.origin;
    await this.enter();
    let opened = false;
    try {
      await budget.take(this.budgetKey, signal, ms => onLimit?.(ms));
      this.calls++;
      const download = await openDownload({
        url,
        signal,
        headers: {
          // Whoever else's address it is learns nothing of us.
          ...(isOwn ? await login.headers(signal) : {}),
          ...(from === null ? {} : { range: `bytes=${from}-` }),
          ...(from && ifRange ? { 'if-range': ifRange } : {}),
        },
      });
      const { status, headers } = download;
      if (status >= 200 && status < 300) {
        opened = true;
        return { ...download, bytes: this.releasing(download.bytes) };
      }
      for await (const _ of download.bytes) break;
      throw failureOfStatus({ status, headers, text: '' }, rateLimitWaitMs)!;
    } finally {
      if (!opened) this.leave();
    }
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
    const answer = await http({ url, headers: await login.headers(signal), signal, mostBytes: most });
    const failure = failureOfStatus(answer, rateLimitWaitMs);
    const remaining = Number(answer.headers['x-ratelimit-remaining'] ?? Number.NaN);
    await budget.report(this.budgetKey, {
      // A number that no limit can be says nothing.
      remaining: Number.isInteger(remaining) && remaining >= 0 && remaining <= mostCalls ? remaining : null,
      limitedForMs: failure?.kind === 'RATE_LIMITED' ? failure.details.retryAfterMs! : null,
    });
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
