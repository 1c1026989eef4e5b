import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { LandfallError } from '../domain/model/errors.js';
import { LocalWakeUps } from './wake-ups.js';

const channel = 'landfall:wake';
const startTimeoutMs = 4_000;

/**
 * Wake-ups for all processes that use the same Redis. If Redis is unavailable, other processes get changes later. No event is
 * lost, because events are rows.
 */
export class RedisWakeUps extends LocalWakeUps {
  private constructor(
    /** For commands; the subscriber can send none. */
    readonly publisher: Redis,
    private readonly subscriber: Redis,
    warn: (message: string) => void,
  ) {
    super(warn);
    subscriber.on('message', (_channel, topic) => super.publish(topic));
    // Wake-ups that were published while the subscriber was disconnected are lost.
    subscriber.on('ready', () => this.publishAll());
  }

  /** @throws LandfallError REDIS_UNAVAILABLE within 4 seconds, with the reason; after the start, the clients reconnect */
  static async connect(url: string, warn: (message: string) => void): Promise<RedisWakeUps> {
    let reason: string | null = null;
    let starting = true;
    const options = {
      lazyConnect: true,
      maxRetriesPerRequest: 1,
      connectTimeout: startTimeoutMs,
      retryStrategy: (times: number) => (starting ? null : Math.min(times * 50, 2_000)),
    };
    const [publisher, subscriber] = [new Redis(url, options), new Redis(url, options)];
    for (const client of [publisher, subscriber]) {
      client.on('error', error => {
        if (starting) reason ??= error.message;
        else warn(`Redis: ${error.message}`);
      });
    }
    const wakeUps = new RedisWakeUps(publisher, subscriber, warn);
    const timeout = new AbortController();
    try {
      const timedOut = sleep(startTimeoutMs, undefined, { signal: timeout.signal }).then(() => {
        throw new Error(`it does not answer within ${startTimeoutMs / 1000} seconds`);
      });
      timedOut.catch(() => {}); // Aborted: Redis has answered.
      const ready = Promise.all([publisher.connect(), subscriber.connect()]).then(async () => {
        await publisher.ping();
        await subscriber.subscribe(channel);
      });
      await Promise.race([ready, timedOut]);
      starting = false;
      return wakeUps;
    } catch (cause) {
      wakeUps.close();
      const why = (reason ?? (cause as Error).message).split('\n')[0];
      throw new LandfallError('REDIS_UNAVAILABLE', `Check REDIS_URL: ${why}.`, { cause });
    } finally {
      timeout.abort();
    }
  }

  override publish(topic: string): void {
    // This process is notified directly, without Redis.
    super.publish(topic);
    this.publisher.publish(channel, topic).catch(error => this.warn(`Redis: ${error.message}`));
  }

  /** @throws Error if Redis does not answer */
  async ping(): Promise<void> {
    await this.publisher.ping();
  }

  close(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }
}
