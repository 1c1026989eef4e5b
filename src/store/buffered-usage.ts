import { addUsage, noUsage, type Usage } from '../domain/model/usage.js';
import type { Log } from '../domain/ports/log.js';
import type { UsageMeter } from '../domain/ports/usage-meter.js';
import type { Database } from './data-source.js';
import { saveUsage } from './usage.js';

/** Collects counts in memory and stores them together, so that no request and no run waits for a counter. */
export class BufferedUsage implements UsageMeter {
  private counts = new Map<string, Usage>();
  private saving: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  /** A process that is killed loses the counts of this time. */
  constructor(
    private readonly database: Database,
    private readonly log: Log,
    intervalMs = 5_000,
  ) {
    this.timer = setInterval(() => void this.save(), intervalMs).unref();
  }

  add(organizationId: string, counts: Partial<Usage>): void {
    const sum = this.counts.get(organizationId) ?? noUsage();
    this.counts.set(organizationId, sum);
    addUsage(sum, counts);
  }

  /** Stores what was counted so far. */
  save(): Promise<void> {
    this.saving = this.saving.then(async () => {
      if (this.counts.size === 0) return;
      const counts = this.counts;
      this.counts = new Map();
      try {
        await saveUsage(this.database, counts);
      } catch (err) {
        for (const [organizationId, usage] of counts) this.add(organizationId, usage);
        this.log.warn({ err }, 'usage could not be stored; it is stored later');
      }
    });
    return this.saving;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.save();
  }
}
