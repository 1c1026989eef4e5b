interface Waiting<Entry> {
  entry: Entry;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Commits what workers bring, many at once: while one commit is under way the next entries gather, and go together. */
export class GroupCommit<Entry> {
  private readonly waiting: Waiting<Entry>[] = [];
  private committing = false;

  /** @param commit answers what is wrong with single entries, while the others are committed */
  constructor(private readonly commit: (entries: Entry[]) => Promise<ReadonlyMap<Entry, Error> | undefined>) {}

  /** Resolves once the entry is committed; fails by itself, or with all that were to be committed together. */
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
