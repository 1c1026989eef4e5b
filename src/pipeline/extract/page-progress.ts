/** The staged pages of a sweep: all up to one, and some beyond it, because several are read at the same time. */
export class PageProgress {
  private upTo: number;
  private readonly beyond: Set<number>;

  constructor({ upTo = 0, beyond = [] }: { upTo?: number; beyond?: number[] } = {}) {
    this.upTo = upTo;
    this.beyond = new Set(beyond);
  }

  has(page: number): boolean {
    return page <= this.upTo || this.beyond.has(page);
  }

  add(page: number): void {
    this.beyond.add(page);
    while (this.beyond.delete(this.upTo + 1)) this.upTo++;
  }

  get count(): number {
    return this.upTo + this.beyond.size;
  }

  toJSON(): { upTo: number; beyond: number[] } {
    return { upTo: this.upTo, beyond: [...this.beyond] };
  }
}
