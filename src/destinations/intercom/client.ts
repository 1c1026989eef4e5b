import { Secret } from '../../domain/model/secret.js';
import { CallFailure, type FailureKind, type OnAnswer } from '../../domain/ports/call-failure.js';
import type { CallPace } from '../../domain/ports/destination.js';
import type { RateBudget, RateCaller } from '../../domain/ports/rate-budget.js';
import { apiUrl } from '../../http/api-url.js';
import type { Http } from '../../http/call.js';
import { readJson } from '../../http/read-json.js';
import { canRepeatRead, canRepeatWrite, retry } from '../../http/retry.js';
import type { Answer } from './answer.js';
import { failureOf, isErrorBody } from './failure.js';
import { maxAttempts, maxBytesOf } from './limits.js';
import { permissionOf } from './permissions.js';
import { rateLimitOf, windowMs } from './rate-limit.js';

export interface IntercomClientOptions {
  http: Http;
  budget: RateBudget;
  baseUrl: string;
  secret: Secret;
  signal: AbortSignal;
  /** Called with the length of a wait for the rate limit. The wait ends only when the returned promise resolves. */
  onLimit?: (ms: number) => void | Promise<void>;
  /** Throws if nothing may be sent any more. It runs in the tick in which a request is sent. */
  beforeSend?: () => void;
  /** The run that calls; absent: a probe. */
  caller?: RateCaller;
  onAnswer?: OnAnswer;
  /** Calls with a higher weight are sent first. */
  weight?: number;
}

/** What a client and its views have in common. */
export interface ClientCounts {
  calls: number;
  /** The reported rate limit; null before the first report. */
  callLimitPerMinute: number | null;
}

const signsOfOverload: ReadonlySet<FailureKind> = new Set(['TIMEOUT', 'RESET', 'SERVER_ERROR', 'UNREACHABLE']);

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Call {
  method: Method;
  path: string;
  query?: Record<string, string> | undefined;
  body?: object | undefined;
  limit?: number;
}

/** Calls the API, version 2.16, within the reported rate limit. */
export class IntercomClient {
  private readonly budgetKey: Secret;

  constructor(
    private readonly options: IntercomClientOptions,
    private readonly counts: ClientCounts,
    private readonly pace: CallPace,
  ) {
    this.budgetKey = new Secret(`${options.baseUrl} ${options.secret.reveal()}`);
  }

  /** @throws CallFailure of the last attempt, or of the first that another attempt cannot help */
  read(
    path: string,
    query: Record<string, string> = {},
    { attempts = maxAttempts, limit = maxBytesOf(path) }: { attempts?: number; limit?: number } = {},
  ): Promise<Answer> {
    const call = () => this.send({ method: 'GET', path, query, limit });
    return retry(call, { maxAttempts: attempts, signal: this.options.signal, canRepeat: canRepeatRead });
  }

  /** A POST that changes nothing. */
  search(path: string, body: object): Promise<Answer> {
    const call = () => this.send({ method: 'POST', path, body });
    return retry(call, { maxAttempts, signal: this.options.signal, canRepeat: canRepeatRead });
  }

  /**
   * Writes once. It repeats only a write that had no effect for certain.
   * @throws CallFailure, also an ambiguous one: then the caller must look for the effect
   */
  write(method: Exclude<Method, 'GET'>, path: string, body?: object, query?: Record<string, string>): Promise<Answer> {
    const call = () => this.send({ method, path, query, body });
    return retry(call, { maxAttempts, signal: this.options.signal, canRepeat: canRepeatWrite });
  }

  private async send({ method, path, query = {}, body, limit = maxBytesOf(path) }: Call): Promise<Answer> {
    const { http, budget, baseUrl, secret, signal, onLimit, beforeSend, caller, weight = 0 } = this.options;
    const askedAt = performance.now();
    const taken = await budget.take(this.budgetKey, {
      signal,
      weight,
      onWait: ms => onLimit?.(ms),
      ...(caller ? { caller } : {}),
    });
    this.pace.limitWaitMs += performance.now() - askedAt;
    try {
      signal.throwIfAborted();
      this.counts.calls++;
      const sentAt = Date.now();
      const answer = await http({
        method,
        url: apiUrl(baseUrl, path, Object.entries(query)),
        headers: { authorization: `Bearer ${secret.reveal()}`, accept: 'application/json', 'intercom-version': '2.16' },
        signal,
        maxBytes: limit,
        ...(body ? { json: body } : {}),
        ...(beforeSend ? { beforeSend } : {}),
      }).catch((error: unknown) => {
        if (error instanceof CallFailure) this.heard(error, sentAt);
        throw error;
      });
      const failure = failureOf(answer, permissionOf(method, path));
      const rateLimit = rateLimitOf(answer.headers, failure);
      if (rateLimit.window) this.counts.callLimitPerMinute = rateLimit.window.limit * (60_000 / windowMs);
      taken.answered(rateLimit);
      this.heard(failure, sentAt);
      if (failure) throw failure;
      return answer.text === '' ? {} : (readJson(answer.text, isErrorBody) as Answer);
    } finally {
      taken.end();
    }
  }

  private heard(failure: CallFailure | null, sentAt: number): void {
    if (failure && signsOfOverload.has(failure.kind)) this.pace.failures++;
    else this.pace.answers++;
    this.options.onAnswer?.(failure, sentAt);
  }
}
