import type { Redis } from 'ioredis';
import type { RateStore, StoredBudget } from '../domain/ports/rate-budget.js';

const prefix = 'landfall:rate:';
/** A budget that was not used for this time is forgotten: its windows are over. */
const keptMs = 86_400_000;

/** Replaces a state if it still has this version. */
const replace = `
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return false end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'state', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return redis.call('TIME')`;

/** Budgets that all processes on one Redis share. The clock is that of Redis. */
export class RedisRateStore implements RateStore {
  constructor(private readonly redis: Redis) {}

  async read(key: string): Promise<StoredBudget> {
    const [[version, state], time] = await Promise.all([this.redis.hmget(prefix + key, 'version', 'state'), this.redis.time()]);
    return { state: state ?? null, version: Number(version ?? 0), now: milliseconds(time) };
  }

  async write(key: string, version: number, state: string): Promise<number | null> {
    const time = await this.redis.eval(replace, 1, prefix + key, version, version + 1, state, keptMs);
    return time === null ? null : milliseconds(time as [string, string]);
  }
}

/** @param time seconds and microseconds */
const milliseconds = ([seconds, micros]: readonly (string | number)[]) => Number(seconds) * 1_000 + Number(micros) / 1_000;
