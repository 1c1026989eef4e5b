import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '../../domain/model/secret.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { RateBudget, RateLimitReport } from '../../domain/ports/rate-budget.js';
import { isUsableId } from '../../domain/text/kept-text.js';
import { parseJson } from '../../http/bounded-json.js';
import type { Http, HttpAnswer } from '../../http/http-client.js';
import { maxBytesOf } from './answer-limits.js';
import { failureOf } from './failure.js';

const attempts = 6;
const firstPauseMs = 200;
const longestPauseMs = 10_000;

export interface IntercomClientOptions {
  http: Http;
  budget: RateBudget;
  baseUrl: string;
  secret: Secret;
  signal: AbortSignal;
  /** Told when the limit makes it wait; it may wait longer. */
  onLimit?: (ms: number) => void | Promise<void>;
  /** Throws where nothing may be sent any more; asked in the tick in which something is. */
  beforeSend?: () => void;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field where they are used.
export type Answer = Record<string, any>;

/** Speaks to the API, version 2.16. */
export class IntercomClient {
  calls = 0;
  /** What the headers allow; null until one has told. */
  callLimitPerMinute: number | null = null;
  private readonly budgetKey: Secret;

  constructor(private readonly options: IntercomClientOptions) {
    this.budgetKey = new Secret(`${options.baseUrl} ${options.secret.reveal()}`);
  }

  /**
   * Reads, again where a failure may pass.
   * @throws CallFailure once no attempt is left, or at once where another would not help
   */
  async read(
    path: string,
    query: Record<string, string> = {},
    { tries = attempts, most = maxBytesOf(path) }: { tries?: number; most?: number } = {},
  ): Promise<Answer> {
    return this.patiently(tries, () => this.once('GET', path, query, undefined, most));
  }

  /** Searches: a POST that changes nothing. */
  async search(path: string, body: object): Promise<Answer> {
    return this.patiently(attempts, () => this.once('POST', path, {}, body));
  }

  /**
   * Writes, again only where a refusal proves that nothing happened.
   * @throws CallFailure, ambiguous ones too: anyone who wrote must look
   */
  async write(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    query: Record<string, string> = {},
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(method, path, query, body);
      } catch (error) {
        const refused = error instanceof CallFailure && (error.kind === 'RATE_LIMITED' || error.kind === 'UNREACHABLE');
        if (!refused || (error.kind === 'UNREACHABLE' && attempt >= attempts)) throw error;
        if (error.kind === 'UNREACHABLE') await this.pause(attempt);
      }
    }
  }

  private async patiently(tries: number, call: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof CallFailure && error.isTransient)) throw error;
        // Being limited is no failure: the budget waits, and it is tried again.
        if (error.kind === 'RATE_LIMITED') attempt--;
        else if (attempt >= tries) throw error;
        else await this.pause(attempt);
      }
    }
  }

  private async pause(attempt: number): Promise<void> {
    const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
    await sleep(ms, undefined, { signal: this.options.signal });
  }

  private async once(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    query: Record<string, string>,
    body?: object,
    most = maxBytesOf(path),
  ): Promise<Answer> {
    const { http, budget, baseUrl, secret, signal, onLimit, beforeSend } = this.options;
    await budget.take(this.budgetKey, signal, ms => onLimit?.(ms));
    signal.throwIfAborted();
    const url = new URL(path.replace(/^\//, ''), `${baseUrl.replace(/\/+$/, '')}/`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    this.calls++;
    const headers = { authorization: `Bearer ${secret.reveal()}`, accept: 'application/json', 'intercom-version': '2.16' };
    const answer = await http({
      method,
      url,
      headers,
      signal,
      maxBytes: most,
      ...(body ? { json: body } : {}),
      ...(beforeSend ? { beforeSend } : {}),
    });
    const failure = failureOf(answer);
    const told = rateTold(answer, failure);
    if (told.window) this.callLimitPerMinute = told.window.limit * (60_000 / windowMs);
    await budget.report(this.budgetKey, told);
    if (failure) throw failure;
    return toJson(answer);
  }
}

/**
 * The id of what an answer holds.
 * @throws CallFailure NOT_JSON where it has none that can be kept
 */
export function idIn({ id }: Answer): string {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  if (isUsableId(text)) return text;
  throw new CallFailure('NOT_JSON', 'It answers with something that has no id, or one that cannot be kept.');
}

/** Windows of ten seconds, told in whole seconds of Intercom's clock. */
const windowMs = 10_000;
/** No header tells more calls than these, nor a later second. */
const maxTold = 2 ** 33;
const maxCalls = 1_000_000;
const farthestEndMs = 3_600_000;
/** A clock that differs by less is as good as ours. */
const tolerableSkewMs = 2_000;

function rateTold({ headers }: HttpAnswer, failure: CallFailure | null): RateLimitReport {
  const number = (name: string) => {
    const value = Number(headers[name] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 && value <= maxTold ? value : null;
  };
  const limit = number('x-ratelimit-limit');
  const remaining = number('x-ratelimit-remaining');
  const reset = number('x-ratelimit-reset');
  const skew = Date.parse(String(headers.date)) - Date.now();
  const endsAt = (reset ?? 0) * 1000 - (Math.abs(skew) > tolerableSkewMs ? skew : 0);
  // A window that allows nothing, or ends at another time than one of ten seconds can, is none.
  const isWindow =
    limit !== null && limit > 0 && limit <= maxCalls && remaining !== null && Math.abs(endsAt - Date.now()) < farthestEndMs;
  return {
    remaining: null,
    limitedForMs: failure?.kind === 'RATE_LIMITED' ? failure.details.retryAfterMs! : null,
    window: isWindow ? { limit, remaining, endsAt, lengthMs: windowMs } : null,
  };
}

function toJson({ text }: HttpAnswer): Answer {
  if (text === '') return {};
  try {
    const json = parseJson(text);
    if (typeof json === 'object' && json !== null && !('message' in json && Object.keys(json).length === 1)) return json;
  } catch (cause) {
    if (cause instanceof CallFailure) throw cause;
    const what = /<html|<!doctype/i.test(text) ? 'a page of HTML' : 'something that is no JSON';
    throw new CallFailure('NOT_JSON', `Check the base URL: it answers with ${what}.`, { cause });
  }
  throw new CallFailure('NOT_JSON', 'It answers 200 with an error in the body.');
}
