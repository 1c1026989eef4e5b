type Source = { source: string };
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };
const parse = JSON.parse as (text: string, reviver: (name: string, value: unknown, context: Source) => unknown) => unknown;

/** Parses JSON without losing digits: large integers become bigints. */
export function parseExactly(text: string): unknown {
  return parse(text, (_, value, { source }) => {
    if (typeof value !== 'number' || String(value) === source) return value;
    return /^-?[1-9]\d*$/.test(source) ? BigInt(source) : rawJSON(source);
  });
}

/** The inverse of `parseExactly`. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? rawJSON(String(each)) : each));
