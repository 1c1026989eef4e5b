import { PgBoss } from 'pg-boss';

/** Database schema of the queue. */
export const queueSchema = 'pgboss';

/** A queue with its schedule and its work. */
export interface Task {
  name: string;
  /** Cron expression in UTC; absent if only `send` adds jobs. */
  schedule?: string;
  run(data: unknown): Promise<void>;
}

const connectionOptions = (url: string) => ({ connectionString: url, schema: queueSchema, application_name: 'landfall jobs' });

/** Creates the tables of the queue and these queues, as their owner. */
export async function createQueues(ownerUrl: string, names: readonly string[]): Promise<void> {
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

/** The job queue in Postgres, as this process uses it. */
export class Jobs {
  private readonly boss: PgBoss;

  constructor(url: string, warn: (message: string) => void) {
    // The role of the server owns no tables, so it cannot create or change them.
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

  /** Connects. Jobs can be sent, but none is executed yet. */
  async open(): Promise<void> {
    await this.boss.start();
  }

  /** Starts to execute jobs. */
  async work(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) {
      if (task.schedule) await this.boss.schedule(task.name, task.schedule, undefined, { tz: 'UTC' });
      await this.boss.work<unknown>(task.name, { pollingIntervalSeconds: task.schedule ? 30 : 0.5 }, async jobs => {
        for (const job of jobs) await task.run(job.data);
      });
    }
  }

  /** Adds a job, which wakes a worker of this or another process. */
  async send(name: string, data: object): Promise<void> {
    await this.boss.send(name, data);
  }

  /** Waits at most 8 seconds for running jobs. An aborted job runs again in another process. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 8_000 });
  }
}
