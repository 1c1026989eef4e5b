import { CallFailure } from '../domain/call-failure.js';
import type { Source } from '../domain/source.js';
import { discover } from '../pipeline/discover/discovery.js';
import { extract } from '../pipeline/extract/extraction.js';
import { connectionOf, sealedSecretOf } from '../store/connections.js';
import { reportWaiting } from '../store/run-leases.js';
import type { RunWork } from '../store/run-work.js';
import type { RunOutcome } from '../store/runs.js';
import type { RunnerOptions } from './runner-options.js';

const dayMs = 86_400_000;
/** Waits shorter than this are not worth telling. */
const worthTellingMs = 500;

type Means = Pick<RunnerOptions, 'openSource' | 'unseal' | 'log'> & { signal: AbortSignal };

/** Does what a run's kind says, and answers how it ended. */
export async function carryOut(work: RunWork, means: Means): Promise<RunOutcome> {
  const source = await openSourceOf(work, means);
  if (work.lease.kind === 'DISCOVERY') return discover(work, source);
  if (work.lease.kind === 'EXTRACTION') return extract(work, source, () => chatsSince(source));
  throw new Error(`A run of kind ${work.lease.kind} was queued, and nothing here carries it out.`);
}

async function openSourceOf(work: RunWork, { openSource, unseal, signal, log }: Means): Promise<Source> {
  const { projectId } = work.lease;
  const [connection, sealed] = await work.read(async tx => [
    await connectionOf(tx, projectId, 'SOURCE'),
    await sealedSecretOf(tx, projectId, 'SOURCE'),
  ]);
  if (!connection || !sealed) throw new CallFailure('UNREACHABLE', 'Connect the project to its source.');
  const { baseUrl, options } = connection;
  const onLimit = (ms: number) => {
    if (ms < worthTellingMs) return;
    work.write(tx => reportWaiting(tx, work.lease, 'SOURCE_LIMIT')).catch(err => log.warn({ err }, 'a wait could not be told'));
  };
  return openSource({ baseUrl, secret: unseal(sealed, projectId, 'SOURCE'), options }, { signal, onLimit });
}

/** Since when a chat must have been going on to be still there, by the source's clock; null where it keeps all. */
async function chatsSince(source: Source): Promise<Date | null> {
  const { chatHistoryRetentionDays } = await source.plan();
  const tickets = source.listings.find(listing => listing.recordType === 'TICKET');
  if (chatHistoryRetentionDays === null || !tickets) return null;
  const { at } = await source.count(tickets);
  return new Date(at.getTime() - chatHistoryRetentionDays * dayMs);
}
