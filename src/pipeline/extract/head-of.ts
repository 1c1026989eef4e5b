/** A stream to storage that keeps the first bytes, which show the type. */
export class HeadOf {
  bytes: Buffer = Buffer.alloc(0);
  /** Whether any byte arrived, in any attempt. */
  began = false;

  /** @param length number of first bytes to keep */
  constructor(private readonly length: number) {}

  /** The same bytes. It starts again with each attempt. */
  async *watch(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.bytes = Buffer.alloc(0);
    for await (const chunk of bytes) {
      this.began ||= chunk.length > 0;
      if (this.bytes.length < this.length) this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, this.length)]);
      yield chunk;
    }
  }
}
