import type { Source } from '../domain/ports/source.js';
import { lastReadingStart } from '../store/readings.js';
import type { RunOutcome } from '../store/runs.js';
import { extract } from './extract/extraction.js';
import { type Production, runProduction } from './production.js';
import { provisionAgain } from './provision-again.js';

/**
 * Reads what has changed at the source since it was read last, and loads it.
 * @param ofSource marks an error while it reads as an error of the source
 */
export async function runDelta(
  context: Production,
  source: Source,
  ofSource: <T>(reading: Promise<T>) => Promise<T>,
): Promise<RunOutcome> {
  const { work, blobs } = context;
  const { projectId, runId } = work.lease;
  const changedSince = await work.transaction(tx => lastReadingStart(tx, projectId, runId));
  const reading = await ofSource(extract(work, source, blobs, async () => null, changedSince ?? new Date(0)));
  await provisionAgain(context);
  const loading = await runProduction(context);
  return reading.state === 'SUCCEEDED' ? loading : { state: loading.state === 'SUCCEEDED' ? 'INCOMPLETE' : loading.state };
}
