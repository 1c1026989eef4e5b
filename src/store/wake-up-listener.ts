import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Receives the wake-ups of all processes by LISTEN, on a separate connection that reconnects by itself. */
export class WakeUpListener {
  private closed = false;
  private client: pg.Client | null = null;

  /**
   * @param onWake called with the topic
   * @param onGap called after a time in which wake-ups may have been missed
   */
  constructor(
    private readonly url: string,
    private readonly onWake: (topic: string) => void,
    private readonly onGap: () => void,
    private readonly warn: (message: string) => void,
  ) {}

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'landfall listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {}); // 'end' follows.
    client.on('notification', ({ payload }) => this.safely(() => this.onWake(payload ?? '')));
    try {
      await client.connect();
      await client.query('LISTEN landfall_wake');
    } catch (error) {
      await client.end().catch(() => {}); // The original error is reported.
      throw error;
    }
    this.client = client;
    client.once('end', () => void this.restart());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  /** An exception in a handler of the driver would end the process. */
  private safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.warn(`A notification was not handled: ${(error as Error).message}`);
    }
  }

  private async restart(): Promise<void> {
    while (!this.closed) {
      try {
        await this.start();
        this.safely(() => this.onGap());
        return;
      } catch (error) {
        this.warn(`Live updates are delayed, the database does not answer: ${(error as Error).message}`);
        await sleep(500);
      }
    }
  }
}
