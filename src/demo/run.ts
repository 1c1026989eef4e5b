import type { ApiClient } from './api-client.js';
import { type ListingView, progressDisplay } from './progress-display.js';

interface Progress {
  state: string;
  fraction: number;
  listings: ListingView[];
}

/** Where a run is shown. */
export interface Screen {
  print: (line: string) => void;
  isTerminal: boolean;
}

/** Starts a run and shows it until it ends. @returns its listings */
export async function executeRun(
  api: ApiClient,
  input: { projectId: string; kind: string } & Record<string, unknown>,
  screen: Screen,
): Promise<ListingView[]> {
  const { run } = await api.mutate<{ run: { id: string } }>('startRun', input, 'run { id }');
  return followRun(api, run.id, input.kind, screen);
}

/** Shows a run until it ends. @throws Error if it does not succeed */
export async function followRun(
  api: ApiClient,
  runId: string,
  kind: string,
  { print, isTerminal }: Screen,
): Promise<ListingView[]> {
  print(`\n${kind}`);
  const display = progressDisplay(isTerminal, print);
  const query = `subscription ($runId: ID!) { runProgress(runId: $runId) {
    state fraction listings { listing state source staged skipped failed unavailableReason } } }`;
  let last: Progress | null = null;
  for await (const progress of api.subscribe<Progress>(query, { runId })) {
    display.show(progress.listings, progress.fraction);
    last = progress;
    if (progress.state === 'BLOCKED') break;
  }
  display.end();
  // An INCOMPLETE production run is not an error here: the reconciliation shows what is missing.
  if (last?.state !== 'SUCCEEDED' && !(kind === 'PRODUCTION' && last?.state === 'INCOMPLETE'))
    throw new Error(`The ${kind} run is ${last?.state}. Query run(id: "${runId}") { blockedBy { message } } for the reason.`);
  return last!.listings;
}
