import { CallFailure } from '../../domain/ports/call-failure.js';
import type { InfosetClient } from './client.js';

/** Failures in a row without a further byte. */
const maxFailures = 5;
/** 429s in a row without a further byte. Each is waited out and is not a failure, but so many are no longer a rate limit. */
const maxLimited = 10;

/** Counts the attempts to download one file. */
export class DownloadAttempts {
  private furthest = 0;
  private failures = 0;
  private limited = 0;

  constructor(private readonly client: InfosetClient) {}

  /** @param bytes received from the beginning of the file */
  received(bytes: number): void {
    if (bytes <= this.furthest) return;
    this.furthest = bytes;
    this.failures = 0;
    this.limited = 0;
  }

  /** Waits before the next attempt. @throws the failure if no further attempt would help */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof CallFailure && error.isTransient)) throw error;
    const isLimited = error.kind === 'RATE_LIMITED';
    const inARow = isLimited ? ++this.limited : ++this.failures;
    if (inARow >= (isLimited ? maxLimited : maxFailures)) throw error;
    await this.client.pause(inARow);
  }
}
