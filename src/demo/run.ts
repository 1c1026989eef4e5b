import type { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';
import type { FollowRunSubscription, RunKind, StartRunInput } from './generated/graphql.js';
import { type ListingView, progressDisplay } from './progress-display.js';

const startRunMutation = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      run { id }
      userErrors { code message }
    }
  }
`);

const followRunSubscription = graphql(`
  subscription FollowRun($runId: ID!) {
    runProgress(runId: $runId) {
      state
      fraction
      listings { listing state source staged skipped failed unavailableReason }
    }
  }
`);

/** Where a run is shown. */
export interface Screen {
  print: (line: string) => void;
  isTerminal: boolean;
}

/** Starts a run and shows it until it ends. @returns its listings */
export async function executeRun(api: ApiClient, input: StartRunInput, screen: Screen): Promise<ListingView[]> {
  const { run } = await api.mutate(startRunMutation, input);
  return followRun(api, run.id, input.kind, screen);
}

/** Shows a run until it ends. @throws Error if it does not succeed */
export async function followRun(
  api: ApiClient,
  runId: string,
  kind: RunKind,
  { print, isTerminal }: Screen,
): Promise<ListingView[]> {
  print(`\n${kind}`);
  const display = progressDisplay(isTerminal, print);
  let last: FollowRunSubscription['runProgress'] | null = null;
  for await (const progress of api.subscribe(followRunSubscription, { runId })) {
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
