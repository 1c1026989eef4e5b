import { RefusedValue } from './failures.js';

interface Waiting<Entry> {
  entry: Entry;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Commits what workers bring, many at once: while one commit is under way the next entries gather, and go together. */
export class GroupCommit<Entry> {
  private readonly waiting: Waiting<Entry>[] = [];
  private committing = false;

  constructor(private readonly commit: (entries: Entry[]) => Promise<void>) {}

  /**
   * Resolves once the entry is committed; fails with all that were to be committed together, unless a value is refused: that
   * concerns one of them.
   */
  add(entry: Entry): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ entry, done, failed });
      if (!this.committing) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.committing = true;
    while (this.waiting.length > 0) {
      await this.commitAll(this.waiting.splice(0));
    }
    this.committing = false;
  }

  private async commitAll(batch: readonly Waiting<Entry>[]): Promise<void> {
    try {
      await this.commit(batch.map(({ entry }) => entry));
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length > 1 && error instanceof RefusedValue) for (const each of batch) await this.commitAll([each]);
      else for (const { failed } of batch) failed(error);
    }
  }
}
