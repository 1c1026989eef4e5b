import type { LoadPlan } from '../domain/model/load-plan.js';
import { areOpen, nextOpening } from '../domain/model/load-windows.js';
import type { CallBudget, RunWait } from '../store/runs.js';

const hourMs = 3_600_000;
const checkMs = 1_000;

/** The beginning of the hour. */
const hourOf = (at: number) => Math.floor(at / hourMs) * hourMs;

/** Stops a run when its windows close or the calls of its hour are spent. The time is then in `wait`. */
export class RunSchedule {
  wait: RunWait | null = null;
  private hour: number;
  private calls: number;
  private readonly timer: NodeJS.Timeout;

  /** @param spent of an earlier worker @param stop is called once */
  constructor(
    private readonly plan: LoadPlan,
    spent: CallBudget | null,
    private readonly stop: () => void,
    private readonly now: () => number = Date.now,
  ) {
    this.hour = hourOf(now());
    this.calls = spent && spent.hour.getTime() === this.hour ? spent.calls : 0;
    this.timer = setInterval(() => this.check(), checkMs);
    this.check();
  }

  /** The calls of the current hour. */
  get budget(): CallBudget {
    return { hour: new Date(this.hour), calls: this.calls };
  }

  /** Counts a call that is about to be sent. */
  onCall(): void {
    const hour = hourOf(this.now());
    if (hour !== this.hour) this.calls = 0;
    this.hour = hour;
    this.calls++;
    this.check();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private check(): void {
    if (this.wait) return;
    const { windows, maxCallsPerHour } = this.plan;
    const now = new Date(this.now());
    const isSpent = maxCallsPerHour !== null && hourOf(now.getTime()) === this.hour && this.calls >= maxCallsPerHour;
    if (!isSpent && areOpen(windows, now)) return;
    const earliest = isSpent ? new Date(this.hour + hourMs) : now;
    this.wait = { until: nextOpening(windows, earliest), reason: areOpen(windows, now) ? 'CALL_BUDGET' : 'SCHEDULE' };
    this.end();
    this.stop();
  }
}
