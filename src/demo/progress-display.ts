import { MultiBar, type SingleBar } from 'cli-progress';
import type { FollowRunSubscription } from './generated/graphql.js';

export type ListingView = FollowRunSubscription['runProgress']['listings'][number];

/** Shows the progress of the listings of a run: bars in a terminal, otherwise a line for each listing that ends. */
export interface ProgressDisplay {
  show(listings: readonly ListingView[], fraction: number): void;
  end(): void;
}

export function progressDisplay(isTerminal: boolean, print: (line: string) => void): ProgressDisplay {
  return isTerminal ? new Bars() : new Lines(print);
}

class Bars implements ProgressDisplay {
  private readonly bars = new MultiBar({
    format: '  {listing} [{bar}] {percentage}% {staged}',
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
  });
  private readonly known = new Map<string, SingleBar>();

  show(listings: readonly ListingView[], fraction: number): void {
    this.update('whole run', fraction, '');
    for (const { listing, state, staged } of listings) {
      if (state === 'QUEUED') continue;
      // The total of a running listing is not known yet, so its bar shows the progress of the whole run.
      this.update(listing, state === 'RUNNING' ? Math.min(0.99, fraction) : 1, String(staged));
    }
  }

  end(): void {
    this.bars.stop();
  }

  private update(name: string, share: number, staged: string): void {
    const bar = this.known.get(name) ?? this.bars.create(100, 0, { listing: name.padEnd(22), staged: '' });
    this.known.set(name, bar);
    bar.update(Math.round(share * 100), { staged });
  }
}

class Lines implements ProgressDisplay {
  private readonly reported = new Set<string>();

  constructor(private readonly print: (line: string) => void) {}

  show(listings: readonly ListingView[], fraction: number): void {
    for (const { listing, state, source, staged } of listings) {
      if (state === 'QUEUED' || state === 'RUNNING' || this.reported.has(listing)) continue;
      this.reported.add(listing);
      this.print(
        `  ${String(Math.round(fraction * 100)).padStart(3)} %  ${listing.padEnd(22)} ${state.toLowerCase()}: source ${source ?? '–'}, staged ${staged}`,
      );
    }
  }

  end(): void {}
}
