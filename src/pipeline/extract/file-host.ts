import type { CallFailure } from '../../domain/ports/call-failure.js';

/** Why a download did not come, though another time it may; `began` tells that some of its bytes did. */
export interface Missed {
  failure: CallFailure;
  began: boolean;
}

/** So many files in a row that failed are a reason to see whether the host is there. */
const suspicious = 3;

/**
 * Whether a host of files is there, as its files tell. Where any was answered before, that one is asked again: it is the
 * witness. Where none ever was, three failures in a row are the only sign; of fewer files nobody can tell, and it counts as
 * there.
 */
export class FileHost<T> {
  last: Missed | null = null;
  private witness: T | undefined;
  private failedInARow = 0;
  private down = false;
  private verdict: Promise<boolean> | null = null;

  /** @param known one that was answered in an earlier run */
  constructor(
    private readonly isThere: (witness: T) => Promise<boolean>,
    private readonly known: () => T | undefined,
  ) {}

  /** Keeps what became of one. @param hasWaited for the limit of the host, where there was one */
  record(item: T, missed: Missed | null, hasWaited: boolean): Missed | 'ANSWERED' {
    if (missed === null) this.witness ??= item;
    if (missed === null || missed.began) this.failedInARow = 0;
    else if (hasWaited || missed.failure.kind !== 'RATE_LIMITED') this.failedInARow++;
    this.verdict = null;
    this.last = missed ?? this.last;
    return missed ?? 'ANSWERED';
  }

  /** Before another file is asked for. */
  async isDown(): Promise<boolean> {
    if (!this.down && this.failedInARow >= suspicious) {
      this.down = await this.seen(true);
      if (!this.down) this.failedInARow = 0;
    }
    return this.down;
  }

  /** Once its files were asked again, and some failed. */
  async isDownAfterAll(): Promise<boolean> {
    return this.down || this.seen(this.failedInARow >= suspicious);
  }

  tryAgain(): void {
    this.failedInARow = 0;
    this.down = false;
    this.verdict = null;
  }

  /** Asks the witness, once for all who want to know. @param otherwise where there is none */
  private seen(otherwise: boolean): Promise<boolean> {
    const witness = this.witness ?? this.known();
    if (witness === undefined) return Promise.resolve(otherwise);
    this.verdict ??= this.isThere(witness).then(isThere => !isThere);
    return this.verdict;
  }
}
