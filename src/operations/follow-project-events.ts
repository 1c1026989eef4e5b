import { setTimeout as sleep } from 'node:timers/promises';
import { LandfallError, UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { ProjectEvent } from '../domain/model/project-event.js';
import { eventsAfter, lastEventSeq } from '../store/project-events.js';
import { Alarm } from './alarm.js';
import { type OperationContext, within } from './context.js';

const batchSize = 200;
const databaseAwayMs = 500;

/**
 * Every event of a project behind `afterSeq`, in order, then those that come; without `afterSeq` only those that come.
 * Outlasts a database that is away for a while.
 * @param signal ends the sequence, also where it waits
 * @throws UserError MALFORMED_ID, INVALID_INPUT, NOT_FOUND before the first event
 */
export async function followProjectEvents(
  context: OperationContext,
  projectId: string,
  afterSeq: number | null | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<ProjectEvent>> {
  const uuid = uuidOf('Project', projectId, ['projectId']);
  if (typeof afterSeq === 'number' && afterSeq < 0)
    throw new UserError('INVALID_INPUT', 'Give 0 or the last seq.', { path: ['afterSeq'] });
  const newest = uuid ? await within(context, tx => lastEventSeq(tx, uuid)) : null;
  if (!uuid || newest === null) throw new UserError('NOT_FOUND', 'Name a project that exists.', { path: ['projectId'] });
  return events(context, uuid, afterSeq ?? newest, signal);
}

async function* events(
  context: OperationContext,
  projectId: string,
  afterSeq: number,
  signal: AbortSignal,
): AsyncGenerator<ProjectEvent> {
  const alarm = new Alarm(context.wakeUps, projectId, signal);
  let seq = afterSeq;
  try {
    while (!signal.aborted) {
      const batch = await readPatiently(context, projectId, seq, signal);
      for (const event of batch) {
        yield event;
        seq = event.seq;
      }
      if (batch.length < batchSize) await alarm.rings();
    }
  } finally {
    alarm.close();
  }
}

async function readPatiently(
  context: OperationContext,
  projectId: string,
  seq: number,
  signal: AbortSignal,
): Promise<ProjectEvent[]> {
  while (!signal.aborted) {
    try {
      return await within(context, tx => eventsAfter(tx, projectId, seq, batchSize));
    } catch (error) {
      if (!(error instanceof LandfallError && error.code === 'DATABASE_UNAVAILABLE')) throw error;
      await sleep(databaseAwayMs, undefined, { signal }).catch(() => {}); // Aborted: the loop ends.
    }
  }
  return [];
}
