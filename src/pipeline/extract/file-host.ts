import type { CallFailure } from '../../domain/ports/call-failure.js';

/** A download that failed and can succeed later. `began`: some of its bytes arrived. */
export interface Missed {
  failure: CallFailure;
  began: boolean;
}

/** After this many failed files in a row the host is checked. */
const suspicious = 3;

/**
 * Whether a host of files is available. If one of its files was downloaded before, that one is requested again as a test.
 * Otherwise three failures in a row mean that it is down; with fewer files it counts as available.
 */
export class FileHost<T> {
  last: Missed | null = null;
  private witness: T | undefined;
  private failedInARow = 0;
  private down = false;
  private verdict: Promise<boolean> | null = null;

  /** @param known one that was downloaded in an earlier run */
  constructor(
    private readonly isThere: (witness: T) => Promise<boolean>,
    private readonly known: () => T | undefined,
  ) {}

  /** Records the result of one file. @param hasWaited for the rate limit of the host, if there was one */
  record(item: T, missed: Missed | null, hasWaited: boolean): Missed | 'ANSWERED' {
    if (missed === null) this.witness ??= item;
    if (missed === null || missed.began) this.failedInARow = 0;
    else if (hasWaited || missed.failure.kind !== 'RATE_LIMITED') this.failedInARow++;
    this.verdict = null;
    this.last = missed ?? this.last;
    return missed ?? 'ANSWERED';
  }

  /** Checks the host before another file is requested. */
  async isDown(): Promise<boolean> {
    if (!this.down && this.failedInARow >= suspicious) {
      this.down = await this.seen(true);
      if (!this.down) this.failedInARow = 0;
    }
    return this.down;
  }

  /** Checks the host after its files were requested again and some failed. */
  async isDownAfterAll(): Promise<boolean> {
    return this.down || this.seen(this.failedInARow >= suspicious);
  }

  tryAgain(): void {
    this.failedInARow = 0;
    this.down = false;
    this.verdict = null;
  }

  /** Requests the test file, once for all callers. @param otherwise the result if there is none */
  private seen(otherwise: boolean): Promise<boolean> {
    const witness = this.witness ?? this.known();
    if (witness === undefined) return Promise.resolve(otherwise);
    this.verdict ??= this.isThere(witness).then(isThere => !isThere);
    return this.verdict;
  }
}
