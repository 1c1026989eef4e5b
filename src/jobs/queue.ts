import { PgBoss } from 'pg-boss';

/** The schema of the queue's own tables. */
export const queueSchema = 'pgboss';

/** A queue, when it runs by itself, and what it does. */
export interface Task {
  name: string;
  /** Cron, UTC. */
  schedule?: string;
  run(data: unknown): Promise<void>;
}

const connectionOptions = (url: string) => ({ connectionString: url, schema: queueSchema, application_name: 'landfall jobs' });

/** Makes the queue's tables and these queues, as their owner. */
export async function makeQueues(ownerUrl: string, names: readonly string[]): Promise<void> {
  const boss = new PgBoss({ ...connectionOptions(ownerUrl), max: 2, supervise: false, schedule: false });
  let failure: unknown;
  boss.on('error', error => {
    failure = error;
  });
  await boss.start();
  try {
    for (const name of names) await boss.createQueue(name, { retryLimit: 3, retryBackoff: true });
    if (failure) throw failure;
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The jobs that this process runs, by the queue in Postgres. */
export class Jobs {
  private readonly boss: PgBoss;

  constructor(url: string, warn: (message: string) => void) {
    // The server's role owns nothing, so it makes nothing.
    this.boss = new PgBoss({
      ...connectionOptions(url),
      max: 4,
      migrate: false,
      createSchema: false,
      reindex: false,
      monitorVacuum: false,
    });
    this.boss.on('error', error => warn(`Jobs: ${error.message}`));
  }

  /** Lets jobs be sent; none is run yet. */
  async open(): Promise<void> {
    await this.boss.start();
  }

  /** Runs jobs from now on. */
  async work(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) {
      if (task.schedule) await this.boss.schedule(task.name, task.schedule, undefined, { tz: 'UTC' });
      await this.boss.work<unknown>(task.name, { pollingIntervalSeconds: task.schedule ? 30 : 0.5 }, async jobs => {
        for (const job of jobs) await task.run(job.data);
      });
    }
  }

  /** Wakes a worker, here or elsewhere. */
  async send(name: string, data: object): Promise<void> {
    await this.boss.send(name, data);
  }

  /** Lets running jobs end, for 8 seconds at most; what is cut off runs again elsewhere. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 8_000 });
  }
}
