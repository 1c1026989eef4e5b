import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { isPrivateHost } from '../http/private-hosts.js';
import { Jobs } from '../jobs/queue.js';
import { Runner } from '../jobs/runner.js';
import { tasks } from '../jobs/tasks.js';
import { WebhookSender } from '../jobs/webhook-sender.js';
import { publicFiles } from '../operations/public-files.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { connectionPlace, webhookPlace } from '../tenancy/secret-places.js';
import type { JobsDatabase } from './database.js';
import type { Dependencies } from './platforms.js';
import type { Resources } from './resources.js';

/** Opens the queue and the runner. No run is executed before `start`, because runs need the public URL. */
export async function openJobs(
  {
    config,
    jobsDatabase,
    telemetry,
    log,
  }: { config: Config; jobsDatabase: JobsDatabase; telemetry: Telemetry | null; log: Logger },
  { secretBox, publicUrl, postWebhook, ...dependencies }: Dependencies,
  resources: Resources,
): Promise<{ jobs: Jobs; runner: Runner; start: () => Promise<void> }> {
  const { database, heartbeats, url } = jobsDatabase;
  const unseal = (sealed: string, projectId: string, side: string) => secretBox.open(sealed, connectionPlace(projectId, side));
  const runner = new Runner({
    ...dependencies,
    publicFiles: publicFiles({ publicUrl, secretBox }, isPrivateHost),
    database,
    heartbeats,
    unseal,
    leaseMs: config.times.lease,
    concurrentRuns: config.runs.concurrent,
    runsPerTenant: config.runs.perTenant,
    settleMs: config.times.settle,
    requestTimeoutMs: config.times.request,
    log,
    ...(telemetry ? { observeRun: (lease, work) => telemetry.run(lease, work) } : {}),
  });
  const sender = new WebhookSender({
    database,
    wakeUps: dependencies.wakeUps,
    usage: dependencies.usage,
    log,
    postWebhook,
    unsealWebhook: (sealed, webhookId) => secretBox.open(sealed, webhookPlace(webhookId)),
    timeoutMs: config.times.webhooks.call,
    retryMs: config.times.webhooks.retry,
    disableAfterMs: config.times.webhooks.disable,
    leaseMs: config.times.webhooks.call + config.times.lease,
  });
  const jobs = new Jobs(url, message => log.warn({}, message));
  await jobs.open();
  resources.defer(() => jobs.stop());
  resources.defer(() => runner.stop());
  resources.defer(() => sender.stop());
  const start = async () => {
    const executesRuns = config.runs.concurrent > 0;
    const all = tasks(database, runner, dependencies.wakeUps, dependencies.blobs, log);
    // A process without runs leaves their jobs in the queue, for one that executes them.
    await jobs.work(executesRuns ? all : all.filter(({ name }) => name !== 'runs'));
    if (executesRuns) runner.start();
    sender.start();
  };
  return { jobs, runner, start };
}
