import type { Log } from '../domain/ports/log.js';
import type { Services } from './context.js';

/** Wake-ups can be lost; so all keys are looked at again after this time. */
const lookAgainMs = 10_000;
/** After the database was away; and the shortest time to an expiry, for two clocks never agree. */
const soonMs = 250;

interface Followed {
  ends: Set<() => void>;
  stopListening: () => void;
}

/** Follows the keys under which something is open, and tells at once when one of them is revoked or expires. */
export class FollowedKeys {
  private readonly keys = new Map<string, Followed>();
  private timer: NodeJS.Timeout | null = null;
  private timerAt = 0;
  private looking = false;
  private closed = false;

  constructor(
    private readonly services: Pick<Services, 'tenancy' | 'wakeUps'>,
    private readonly log: Log,
  ) {}

  /**
   * @param end called once, when the key is good no more
   * @returns stops following it
   */
  follow(apiKeyId: string, end: () => void): () => void {
    const { wakeUps } = this.services;
    const followed: Followed = this.keys.get(apiKeyId) ?? {
      ends: new Set(),
      stopListening: wakeUps.listen(apiKeyId, () => this.lookIn(0)),
    };
    this.keys.set(apiKeyId, followed);
    followed.ends.add(end);
    // It may have ended since it was authenticated.
    this.lookIn(0);
    return () => {
      followed.ends.delete(end);
      if (followed.ends.size === 0) this.forget(apiKeyId, followed);
    };
  }

  close(): void {
    this.closed = true;
    for (const [id, followed] of this.keys) this.forget(id, followed);
    if (this.timer) clearTimeout(this.timer);
  }

  private forget(id: string, followed: Followed): void {
    followed.stopListening();
    if (this.keys.get(id) === followed) this.keys.delete(id);
  }

  /** The earliest of what is asked counts. */
  private lookIn(ms: number): void {
    const at = Date.now() + ms;
    if (this.closed || (this.timer && this.timerAt <= at)) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.look();
    }, ms).unref();
  }

  /** All keys by one statement, however many wake-ups came. */
  private async look(): Promise<void> {
    if (this.looking) return this.lookIn(soonMs);
    const ids = [...this.keys.keys()];
    if (ids.length === 0) return;
    this.looking = true;
    try {
      const good = await this.services.tenancy.goodKeys(ids);
      for (const id of ids) if (!good.has(id)) this.end(id);
      const left = [...good.values()].filter(ms => ms !== null);
      this.lookIn(Math.min(lookAgainMs, ...left.map(ms => Math.max(ms, soonMs))));
    } catch (err) {
      this.log.warn({ err }, 'keys of open subscriptions could not be looked at; this is tried again');
      this.lookIn(soonMs * 4);
    } finally {
      this.looking = false;
    }
  }

  private end(id: string): void {
    const followed = this.keys.get(id);
    if (!followed) return;
    this.forget(id, followed);
    for (const end of followed.ends) end();
  }
}
