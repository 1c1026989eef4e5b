import { Redis } from 'ioredis';
import { LocalWakeUps } from './wake-ups.js';

const channel = 'landfall:wake';

/**
 * Wake-ups that reach every process on one Redis. Redis away delays what other processes hear; it loses no event, as
 * rows are the truth.
 */
export class RedisWakeUps extends LocalWakeUps {
  private constructor(
    private readonly publisher: Redis,
    private readonly subscriber: Redis,
    warn: (message: string) => void,
  ) {
    super(warn);
    subscriber.on('message', (_channel, topic) => super.publish(topic));
    // What was published while the subscriber was away is lost to it.
    subscriber.on('ready', () => this.publishAll());
  }

  static async connect(url: string, warn: (message: string) => void): Promise<RedisWakeUps> {
    const options = { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000 };
    const [publisher, subscriber] = [new Redis(url, options), new Redis(url, options)];
    for (const client of [publisher, subscriber]) client.on('error', error => warn(`Redis: ${error.message}`));
    const wakeUps = new RedisWakeUps(publisher, subscriber, warn);
    try {
      await Promise.all([publisher.connect(), subscriber.connect()]);
      await subscriber.subscribe(channel);
      return wakeUps;
    } catch (error) {
      wakeUps.close();
      throw error;
    }
  }

  override publish(topic: string): void {
    // At once for this process, which needs no Redis for it.
    super.publish(topic);
    this.publisher.publish(channel, topic).catch(error => this.warn(`Redis: ${error.message}`));
  }

  /** @throws Error where Redis does not answer */
  async ping(): Promise<void> {
    await this.publisher.ping();
  }

  close(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }
}
