/** A long text inside JSON. It is produced while it is sent and never held in memory as a whole. */
export class StreamedText {
  /** @param length in bytes. The text must not need escapes in JSON */
  constructor(
    readonly length: number,
    readonly chunks: () => AsyncIterable<string>,
  ) {}

  /** Bytes in base64. */
  static base64(byteSize: number, bytes: () => AsyncIterable<Uint8Array>): StreamedText {
    return new StreamedText(4 * Math.ceil(byteSize / 3), async function* () {
      let rest = Buffer.alloc(0);
      for await (const chunk of bytes()) {
        const all = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
        const whole = all.length - (all.length % 3);
        yield all.toString('base64', 0, whole);
        rest = Buffer.from(all.subarray(whole));
      }
      if (rest.length > 0) yield rest.toString('base64');
    });
  }
}

/** JSON whose long texts are streamed; null if it has none. */
export function streamedJson(json: unknown): { length: number; chunks: () => AsyncIterable<string> } | null {
  const texts: StreamedText[] = [];
  // The mark is random each time, so no text can contain it.
  const mark = `streamed-${crypto.randomUUID()}-`;
  const written = JSON.stringify(json, (_, value) => (value instanceof StreamedText ? `${mark}${texts.push(value) - 1}` : value));
  if (texts.length === 0) return null;
  const parts = written.split(new RegExp(`${mark}(\\d+)`));
  const length = parts.reduce(
    (sum, part, index) => sum + (index % 2 === 0 ? Buffer.byteLength(part) : texts[Number(part)]!.length),
    0,
  );
  return {
    length,
    chunks: async function* () {
      for (let index = 0; index < parts.length; index++) {
        if (index % 2 === 0) yield parts[index]!;
        else yield* texts[Number(parts[index])]!.chunks();
      }
    },
  };
}
