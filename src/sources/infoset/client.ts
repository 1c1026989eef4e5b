import { Secret } from '../../domain/model/secret.js';
import { CallFailure, type OnAnswer } from '../../domain/ports/call-failure.js';
import type { RateBudget, RateCaller, TakenCall } from '../../domain/ports/rate-budget.js';
import { apiUrl } from '../../http/api-url.js';
import type { Http, HttpAnswer } from '../../http/call.js';
import type { Download, OpenDownload } from '../../http/download.js';
import { readJson } from '../../http/read-json.js';
import { canRepeatRead, pauseAfter, retry } from '../../http/retry.js';
import { failureOf, failureOfFile, isErrorBody } from './failure.js';
import { fileAddress } from './file-address.js';
import { maxAttempts, maxBytes, maxInFlight, shortWaitMs } from './limits.js';
import type { InfosetLogin } from './login.js';
import { rateLimitOf } from './rate-limit.js';
import { Slots } from './slots.js';

export interface InfosetClientOptions {
  http: Http;
  openDownload: OpenDownload;
  budget: RateBudget;
  baseUrl: string;
  login: InfosetLogin;
  rateLimitWaitMs: number;
  signal: AbortSignal;
  /** Called with the length of a wait for the rate limit. The wait ends only when the returned promise resolves. */
  onLimit?: (ms: number) => void | Promise<void>;
  /** The run that calls; absent: a probe. */
  caller?: RateCaller;
  onAnswer?: OnAnswer;
}

export interface JsonAnswer {
  json: unknown;
  text: string;
  /** The server's clock. */
  at: Date;
}

/** Reads the API: few calls in flight, within the reported rate limit, with retries. */
export class InfosetClient {
  calls = 0;
  private readonly slots = new Slots(maxInFlight);
  private readonly budgetKey: Secret;

  constructor(private readonly options: InfosetClientOptions) {
    const { baseUrl, login } = options;
    this.budgetKey = new Secret(`${baseUrl} ${login.identity}`);
  }

  /** @throws CallFailure of the last attempt, or of the first that another attempt cannot help */
  get(
    path: string,
    parameters: [string, string][] = [],
    { limit = maxBytes.records, attempts = maxAttempts }: { limit?: number; attempts?: number } = {},
  ): Promise<JsonAnswer> {
    const { signal } = this.options;
    const call = () => this.attempt(path, parameters, limit);
    return retry(call, { maxAttempts: attempts, signal, canRepeat: canRepeatRead });
  }

  private async attempt(path: string, parameters: [string, string][], limit: number): Promise<JsonAnswer> {
    await this.slots.enter();
    try {
      const taken = await this.take(this.budgetKey, maxInFlight, ms => this.options.onLimit?.(ms));
      try {
        const { text, headers } = await this.send(taken, path, parameters, limit);
        const at = new Date(String(headers.date));
        return { json: readJson(text, isErrorBody), text, at: Number.isNaN(at.getTime()) ? new Date() : at };
      } finally {
        taken.end();
      }
    } finally {
      this.slots.leave();
    }
  }

  /** @param maxInFlight calls of all runs to this host that may be in flight at the same time; undefined for any number */
  private take(key: Secret, maxInFlight: number | undefined, onWait: (ms: number) => void | Promise<void>): Promise<TakenCall> {
    const { budget, signal, caller } = this.options;
    const limited = maxInFlight === undefined ? {} : { maxInFlight };
    return budget.take(key, { signal, onWait, ...limited, ...(caller ? { caller } : {}) });
  }

  private async send(
    taken: TakenCall,
    path: string,
    parameters: [string, string][],
    limit: number,
    canLogIn = true,
  ): Promise<HttpAnswer> {
    const { http, login, baseUrl, signal, rateLimitWaitMs, onAnswer } = this.options;
    this.calls++;
    const url = apiUrl(baseUrl, path, parameters);
    const headers = await login.headers(signal);
    const sentAt = Date.now();
    const answer = await http({ url, headers, signal, maxBytes: limit }).catch((error: unknown) => {
      if (error instanceof CallFailure) onAnswer?.(error, sentAt);
      throw error;
    });
    const failure = failureOf(answer, rateLimitWaitMs);
    taken.answered(rateLimitOf(answer.headers, true, failure));
    onAnswer?.(failure, sentAt);
    if (!failure) return answer;
    // A token may expire early. Then a new one is tried, once.
    if (failure.kind === 'UNAUTHORIZED' && canLogIn && login.forget()) return this.send(taken, path, parameters, limit, false);
    throw failure;
  }

  /**
   * Opens a download at an offset. Its slot is free again once the bytes have been read or given up. Each host has its own rate
   * limit: a file on another host needs neither a slot nor a call of the API's budget, and waits only for the limit of its host.
   * @param path on this host, or a whole address on any host
   * @param mayWait whether it may wait long for the limit of its host
   * @throws CallFailure RATE_LIMITED immediately if it would have to wait and must not
   */
  async openAt(path: string, from: number | null, ifRange: string | null, mayWait = true): Promise<Download> {
    const { openDownload, login, signal, baseUrl, rateLimitWaitMs } = this.options;
    const { url, isOwn } = fileAddress(baseUrl, path);
    if (!url) throw new CallFailure('REJECTED', 'The address of the file is not a valid address.');
    // Other hosts get no credentials: all projects share the limit of such a host.
    const budgetKey = isOwn ? this.budgetKey : new Secret(url.origin);
    if (isOwn) await this.slots.enter();
    let taken: TakenCall | null = null;
    const end = () => {
      taken?.end();
      if (isOwn) this.slots.leave();
    };
    let opened = false;
    try {
      taken = await this.take(budgetKey, isOwn ? maxInFlight : undefined, ms => this.waitForFile(ms, mayWait));
      this.calls++;
      const download = await openDownload({
        url,
        signal,
        headers: {
          // Credentials are for the API's own host alone.
          ...(isOwn ? await login.headers(signal) : {}),
          ...(from === null ? {} : { range: `bytes=${from}-` }),
          ...(from && ifRange ? { 'if-range': ifRange } : {}),
        },
      });
      const failure = failureOfFile(download, isOwn, rateLimitWaitMs);
      if (failure) await discard(download);
      taken.answered(rateLimitOf(download.headers, isOwn, failure));
      if (failure) throw failure;
      opened = true;
      return { ...download, bytes: endingWith(download.bytes, end) };
    } finally {
      if (!opened) end();
    }
  }

  /** The host that a path or an address leads to; '' if it is not a valid address. */
  hostOf(path: string): { name: string; isOwn: boolean } {
    const { url, isOwn } = fileAddress(this.options.baseUrl, path);
    return { name: url?.origin ?? '', isOwn };
  }

  private waitForFile(ms: number, mayWait: boolean): void | Promise<void> {
    if (!mayWait && ms > shortWaitMs)
      throw new CallFailure('RATE_LIMITED', 'The rate limit of its host is used up.', { retryAfterMs: ms });
    return this.options.onLimit?.(ms);
  }

  /** Waits before another attempt, longer each time. */
  pause(attempt: number): Promise<void> {
    return pauseAfter(attempt, this.options.signal);
  }
}

/** Calls `end` once the bytes have been read or given up. */
async function* endingWith(bytes: AsyncIterable<Uint8Array>, end: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } finally {
    end();
  }
}

/** Closes a download without reading it; then its slot is free too. */
export async function discard({ bytes }: Download): Promise<void> {
  for await (const _ of bytes) break;
}
