/** Ids by a key that several records can share. A key with one id takes no list: most have only one. */
export class SharedKeys {
  private readonly ids = new Map<string, string | string[]>();

  add(key: string, id: string): void {
    const known = this.ids.get(key);
    // Not copied: thousands can share a key.
    if (Array.isArray(known)) known.push(id);
    else this.ids.set(key, known === undefined ? id : [known, id]);
  }

  /** In the order in which they were added. */
  of(key: string): readonly string[] {
    const known = this.ids.get(key);
    return known === undefined ? [] : Array.isArray(known) ? known : [known];
  }

  /** The ids of each key that is shared. */
  *shared(): Generator<readonly string[]> {
    for (const ids of this.ids.values()) if (Array.isArray(ids)) yield ids;
  }
}
