interface Waiting<Entry> {
  entry: Entry;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Commits entries of workers in groups: while one commit is in progress, the next entries are collected and committed together.
 */
export class GroupCommit<Entry> {
  private readonly waiting: Waiting<Entry>[] = [];
  private committing = false;

  /** @param commit returns errors of single entries; the other entries are committed */
  constructor(private readonly commit: (entries: Entry[]) => Promise<ReadonlyMap<Entry, Error> | undefined>) {}

  /** Resolves when the entry is committed. Rejects if the entry, or the whole group, failed. */
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
        const refused = await this.commit(batch.map(({ entry }) => entry));
        for (const { entry, done, failed } of batch) {
          const error = refused?.get(entry);
          if (error) failed(error);
          else done();
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.committing = false;
  }
}
