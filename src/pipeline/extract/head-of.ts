/** Bytes on their way to storage, whose first ones tell what they are. */
export class HeadOf {
  bytes: Buffer = Buffer.alloc(0);
  /** Whether any byte came, at whichever attempt. */
  began = false;

  /** @param length how many bytes of the beginning are kept */
  constructor(private readonly length: number) {}

  /** The same bytes; watched anew each time, for a download may begin again. */
  async *watch(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.bytes = Buffer.alloc(0);
    for await (const chunk of bytes) {
      this.began ||= chunk.length > 0;
      if (this.bytes.length < this.length) this.bytes = Buffer.concat([this.bytes, chunk.subarray(0, this.length)]);
      yield chunk;
    }
  }
}
