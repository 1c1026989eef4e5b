import type { Log } from '../domain/ports/log.js';
import type { Services } from './context.js';

/** Wake-ups can be lost, so all keys are checked again after this time. */
const recheckMs = 10_000;
/** Wait before a repeated check, and the shortest wait for an expiry: the clocks of this process and of the database differ. */
const minWaitMs = 250;

interface FollowedKey {
  onEnds: Set<() => void>;
  unsubscribe: () => void;
}

/** Watches the keys of open connections, and reports immediately when one of them is revoked or expires. */
export class FollowedKeys {
  private readonly keys = new Map<string, FollowedKey>();
  private timer: NodeJS.Timeout | null = null;
  private timerAt = 0;
  private checking = false;
  private closed = false;

  constructor(
    private readonly services: Pick<Services, 'tenancy' | 'wakeUps'>,
    private readonly log: Log,
  ) {}

  /**
   * @param onEnd called once, when the key has become invalid
   * @returns function that ends the watch
   */
  follow(apiKeyId: string, onEnd: () => void): () => void {
    const { wakeUps } = this.services;
    const followed: FollowedKey = this.keys.get(apiKeyId) ?? {
      onEnds: new Set(),
      unsubscribe: wakeUps.listen(apiKeyId, () => this.checkIn(0)),
    };
    this.keys.set(apiKeyId, followed);
    followed.onEnds.add(onEnd);
    // The key may have become invalid since its authentication.
    this.checkIn(0);
    return () => {
      followed.onEnds.delete(onEnd);
      if (followed.onEnds.size === 0) this.remove(apiKeyId, followed);
    };
  }

  close(): void {
    this.closed = true;
    for (const [id, followed] of this.keys) this.remove(id, followed);
    if (this.timer) clearTimeout(this.timer);
  }

  private remove(id: string, followed: FollowedKey): void {
    followed.unsubscribe();
    if (this.keys.get(id) === followed) this.keys.delete(id);
  }

  /** Schedules a check, unless an earlier one is scheduled. */
  private checkIn(ms: number): void {
    const at = Date.now() + ms;
    if (this.closed || (this.timer && this.timerAt <= at)) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.check();
    }, ms).unref();
  }

  /** Checks all keys with one statement. */
  private async check(): Promise<void> {
    if (this.checking) return this.checkIn(minWaitMs);
    const ids = [...this.keys.keys()];
    if (ids.length === 0) return;
    this.checking = true;
    try {
      const valid = await this.services.tenancy.validKeys(ids);
      for (const id of ids) if (!valid.has(id)) this.end(id);
      const left = [...valid.values()].filter(ms => ms !== null);
      this.checkIn(Math.min(recheckMs, ...left.map(ms => Math.max(ms, minWaitMs))));
    } catch (err) {
      this.log.warn({ err }, 'keys of open connections could not be checked; the check is repeated');
      this.checkIn(minWaitMs * 4);
    } finally {
      this.checking = false;
    }
  }

  private end(id: string): void {
    const followed = this.keys.get(id);
    if (!followed) return;
    this.remove(id, followed);
    for (const onEnd of followed.onEnds) onEnd();
  }
}
