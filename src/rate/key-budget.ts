import type { RateCaller, RateLimitReport, RateStore } from '../domain/ports/rate-budget.js';
import { grant, type RateRules, type Want } from './grant.js';
import { type Answered, learn } from './learn.js';
import { nameOf } from './shares.js';
import { emptyState, isFree, type RateState } from './state.js';

/** Answers are shared with the next call, at the latest after this time. */
const shareMs = 50;
/** Callers with calls in flight are shown to be alive at this interval. */
const aliveMs = 5_000;
/** For this time a key counts as unlimited. Then the store is read again. */
const freeMs = 1_000;

interface Take {
  caller: RateCaller;
  maxInFlight: number | null;
  resolve: (waitMs: number) => void;
  reject: (error: unknown) => void;
}

/** One budget in this process. What arrives while the store is read is sent together in the next request. */
export class KeyBudget {
  private takes: Take[] = [];
  /** Answers that the store does not know yet. Times of this process. */
  private answers: Answered[] = [];
  private cached: { state: RateState; version: number } | null = null;
  /** The shared clock less the clock of this process. */
  private offset: number | null = null;
  private freeUntil = 0;
  private working = false;
  private timer: { at: number; handle: NodeJS.Timeout } | null = null;
  /** Calls in flight by caller, where they are limited. */
  private readonly inFlight = new Map<string, { caller: RateCaller; calls: number }>();

  constructor(
    private readonly key: string,
    private readonly store: RateStore,
    private readonly rules: RateRules,
    private readonly clock: () => number,
  ) {}

  /** @returns 0, or the milliseconds to wait before the next attempt */
  async take(caller: RateCaller, maxInFlight: number | null): Promise<number> {
    if (maxInFlight === null && this.answers.length === 0 && this.clock() < this.freeUntil) return 0;
    return new Promise((resolve, reject) => {
      this.takes.push({ caller, maxInFlight, resolve, reject });
      void this.work();
    });
  }

  answered(takenAt: number, report: RateLimitReport | null): void {
    const reports = report && (report.window || report.remaining !== null || report.limitedForMs !== null);
    // As long as the limit is unknown, calls are not counted.
    if (!reports && this.clock() < this.freeUntil) return;
    const isNews = report !== null && (report.limitedForMs !== null || this.clock() < this.freeUntil);
    if (reports) this.freeUntil = 0;
    this.answers.push({ takenAt, report });
    if (isNews) void this.work();
    else this.workWithin(shareMs);
  }

  ended(caller: RateCaller): void {
    const held = this.inFlight.get(nameOf(caller));
    if (held) held.calls = Math.max(0, held.calls - 1);
    this.workWithin(shareMs);
  }

  private workWithin(ms: number): void {
    const at = this.clock() + ms;
    if (this.timer && this.timer.at <= at) return;
    clearTimeout(this.timer?.handle);
    const handle = setTimeout(() => {
      this.timer = null;
      void this.work();
    }, ms).unref();
    this.timer = { at, handle };
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      do {
        const [takes, answers] = [this.takes.splice(0), this.answers.splice(0)];
        const idle = [...this.inFlight].filter(([, { calls }]) => calls === 0).map(([name]) => name);
        try {
          await this.exchange(takes, answers);
        } catch (error) {
          // Later answers report the same. A caller that wants to send gets the error of the store.
          for (const { reject } of takes) reject(error);
        }
        for (const name of idle) if (this.inFlight.get(name)?.calls === 0) this.inFlight.delete(name);
      } while (this.takes.length > 0);
    } finally {
      this.working = false;
    }
    if (this.answers.length > 0 || [...this.inFlight.values()].some(({ calls }) => calls === 0)) this.workWithin(shareMs);
    else if (this.inFlight.size > 0) this.workWithin(aliveMs);
  }

  /** Applies the answers and takes calls, as one change of the stored state. */
  private async exchange(takes: readonly Take[], answers: readonly Answered[]): Promise<void> {
    const wants = wantsOf(takes, [...this.inFlight.values()]);
    const isCounted = wants.some(({ inFlight }) => inFlight !== null);
    for (;;) {
      const { state, version } = this.cached ?? (await this.read());
      this.cached = null;
      const now = this.clock() + this.offset!;
      for (const answer of answers) learn(state, this.shared(answer), now, this.rules);
      if (!isCounted && isFree(state, now)) {
        this.freeUntil = this.clock() + freeMs;
        for (const { resolve } of takes) resolve(0);
        return;
      }
      const { calls, waitMs } = grant(state, wants, now, this.rules);
      const asked = this.clock();
      const at = await this.store.write(this.key, version, JSON.stringify(state));
      // Another process was faster.
      if (at === null) continue;
      this.measure(asked, at);
      this.cached = { state, version: version + 1 };
      this.answer(takes, wants, calls, waitMs);
      return;
    }
  }

  private answer(takes: readonly Take[], wants: readonly Want[], calls: number[], waitMs: number): void {
    for (const { caller, maxInFlight, resolve } of takes) {
      const n = wants.findIndex(want => nameOf(want.caller) === nameOf(caller));
      if (calls[n]! <= 0) {
        resolve(waitMs);
        continue;
      }
      calls[n]!--;
      if (maxInFlight !== null) {
        const held = this.inFlight.get(nameOf(caller)) ?? { caller, calls: 0 };
        held.calls++;
        this.inFlight.set(nameOf(caller), held);
      }
      resolve(0);
    }
  }

  /** With times by the shared clock. */
  private shared({ takenAt, report }: Answered): Answered {
    const offset = this.offset!;
    const { window } = report ?? {};
    return {
      takenAt: takenAt + offset,
      report: report && window ? { ...report, window: { ...window, endsAt: window.endsAt + offset } } : report,
    };
  }

  private async read(): Promise<{ state: RateState; version: number }> {
    const asked = this.clock();
    const { state, version, now } = await this.store.read(this.key);
    this.measure(asked, now);
    return { state: state === null ? emptyState() : (JSON.parse(state) as RateState), version };
  }

  /** The shared clock was read between the request and now, so the difference is only this exact. */
  private measure(asked: number, sharedNow: number): void {
    const [least, most] = [sharedNow - this.clock(), sharedNow - asked];
    this.offset = Math.max(least, Math.min(most, this.offset ?? (least + most) / 2));
  }
}

/** The takes by caller. A caller with limited calls in flight reports their number even if it asks for none. */
function wantsOf(takes: readonly Take[], held: readonly { caller: RateCaller; calls: number }[]): Want[] {
  const wants = new Map<string, Want>();
  for (const { caller, calls } of held) wants.set(nameOf(caller), { caller, calls: 0, maxInFlight: null, inFlight: calls });
  for (const { caller, maxInFlight } of takes) {
    const inFlight = maxInFlight === null ? null : 0;
    const want = wants.get(nameOf(caller)) ?? { caller, calls: 0, maxInFlight, inFlight };
    wants.set(nameOf(caller), { ...want, calls: want.calls + 1, maxInFlight });
  }
  return [...wants.values()];
}
