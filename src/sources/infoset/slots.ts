/** Bounds the calls in flight. A call keeps its slot until its answer, or its last byte, was read. */
export class Slots {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly size: number) {}

  async enter(): Promise<void> {
    if (this.used < this.size) this.used++;
    else await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** Passes the slot to the next caller. */
  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.used--;
  }
}
