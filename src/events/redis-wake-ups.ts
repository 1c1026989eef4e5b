import { createRedisEventTarget } from '@graphql-yoga/redis-event-target';
import { Redis } from 'ioredis';
import { EventTargetWakeUps } from './wake-ups.js';

/** Wake-ups that reach every process on one Redis. Redis away delays them; it loses no event, as rows are the truth. */
export async function connectRedisWakeUps(
  url: string,
  warn: (message: string) => void,
): Promise<{ wakeUps: EventTargetWakeUps; ping(): Promise<void>; close(): void }> {
  const options = { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000 };
  const [publishClient, subscribeClient] = [new Redis(url, options), new Redis(url, options)];
  for (const client of [publishClient, subscribeClient]) client.on('error', error => warn(`Redis: ${error.message}`));
  const close = () => {
    publishClient.disconnect();
    subscribeClient.disconnect();
  };
  try {
    await Promise.all([publishClient.connect(), subscribeClient.connect()]);
  } catch (error) {
    close();
    throw error;
  }
  const wakeUps = new EventTargetWakeUps(createRedisEventTarget({ publishClient, subscribeClient }) as unknown as EventTarget);
  // What was published while the subscriber was away is lost to it.
  subscribeClient.on('ready', () => wakeUps.publishAll());
  return {
    wakeUps,
    ping: async () => {
      await publishClient.ping();
    },
    close,
  };
}
