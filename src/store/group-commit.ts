/** Commits what workers bring, many at once: while one commit is under way the next entries gather, and go together. */
export class GroupCommit<Entry> {
  private readonly waiting: { entry: Entry; done: () => void; failed: (error: unknown) => void }[] = [];
  private committing = false;

  constructor(private readonly commit: (entries: Entry[]) => Promise<void>) {}

  /** Resolves once the entry is committed; fails with all that were to be committed together. */
  add(entry: Entry): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ entry, done, failed });
      if (!this.committing) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.committing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await this.commit(batch.map(({ entry }) => entry));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.committing = false;
  }
}
