import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import { RedisWakeUps } from '../events/redis-wake-ups.js';
import { LocalWakeUps } from '../events/wake-ups.js';
import { BufferedUsage } from '../store/buffered-usage.js';
import { WakeUpListener } from '../store/wake-up-listener.js';
import { openSecrets } from '../tenancy/open-secrets.js';
import { storedSecretsKey } from '../tenancy/secret-box.js';
import { openBlobs } from './blobs.js';
import { openDatabase } from './database.js';
import type { Resources } from './resources.js';
import { openTelemetry } from './telemetry.js';

/** Connects to Redis, if REDIS_URL is set. It is the first connection, so that a wrong URL is refused before anything else is opened. */
async function openRedis(config: Config, log: Logger, resources: Resources): Promise<RedisWakeUps | null> {
  if (!config.redisUrl) return null;
  const wakeUps = await RedisWakeUps.connect(config.redisUrl.reveal(), message => log.warn({}, message));
  resources.defer(() => wakeUps.close());
  return wakeUps;
}

/** Wake-ups of all processes by LISTEN of Postgres. */
async function listenToDatabase(databaseUrl: string, log: Logger, resources: Resources): Promise<WakeUps> {
  const wakeUps = new LocalWakeUps(message => log.warn({}, message));
  const listener = new WakeUpListener(
    databaseUrl,
    topic => wakeUps.publish(topic),
    () => wakeUps.publishAll(),
    message => log.warn({}, message),
  );
  await listener.start();
  resources.defer(() => listener.close());
  return wakeUps;
}

export type Basis = Awaited<ReturnType<typeof openBasis>>;

/** Opens what every process needs. A problem is reported immediately, in one line. */
export async function openBasis(config: Config, log: Logger, resources: Resources) {
  const blobs = await openBlobs(config, resources);
  const telemetry = await openTelemetry(config, resources);
  const redis = await openRedis(config, log, resources);
  const jobsDatabase = await openDatabase(config, log, resources);
  const wakeUps: WakeUps = redis ?? (await listenToDatabase(jobsDatabase.url, log, resources));
  const secrets = await openSecrets(jobsDatabase.database, config.secretsKey ?? (await storedSecretsKey(config.dataDir)), log);
  const usage = new BufferedUsage(jobsDatabase.database, log);
  resources.defer(() => usage.close());
  return {
    jobsDatabase,
    telemetry,
    wakeUps,
    redis: redis?.publisher ?? null,
    usage,
    blobs,
    ...secrets,
    checkWakeUps: async () => redis?.ping(),
  };
}
