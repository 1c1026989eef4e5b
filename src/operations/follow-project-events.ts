import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { ProjectEvent } from '../domain/model/project-event.js';
import { eventsAfter, lastEventSeq } from '../store/project-events.js';
import { Alarm } from './alarm.js';
import { type OperationContext, within } from './context.js';
import { readWithRetries } from './read-with-retries.js';

const batchSize = 200;

/**
 * The events of a project after `afterSeq`, in order, and then new events; without `afterSeq` only new events. It waits while
 * the database is unavailable.
 * @param signal ends the sequence, even during a wait
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
  const alarm = new Alarm(ring => context.wakeUps.listen(projectId, ring), signal);
  let seq = afterSeq;
  try {
    while (!signal.aborted) {
      const read = () => within(context, tx => eventsAfter(tx, projectId, seq, batchSize));
      const batch = (await readWithRetries(read, signal)) ?? [];
      for (const event of batch) {
        yield event;
        seq = event.seq;
      }
      if (batch.length < batchSize) await alarm.next();
    }
  } finally {
    alarm.close();
  }
}
