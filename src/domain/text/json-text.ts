/** Punctuation between values. */
class Mark {
  constructor(readonly text: string) {}
}

/** JSON of a value of any depth. `JSON.stringify` overflows the stack at a few thousand levels. */
export function jsonText(value: unknown): string {
  const written: string[] = [];
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (next instanceof Mark) written.push(next.text);
    else if (Array.isArray(next)) {
      left.push(new Mark(']'));
      for (let index = next.length - 1; index >= 0; index--) left.push(next[index], ...(index > 0 ? [new Mark(',')] : []));
      written.push('[');
    } else if (typeof next === 'object' && next !== null) {
      left.push(new Mark('}'));
      const entries = Object.entries(next);
      for (const [index, [name, each]] of [...entries.entries()].reverse())
        left.push(each, new Mark(`${index > 0 ? ',' : ''}${JSON.stringify(name)}:`));
      written.push('{');
    } else written.push(typeof next === 'number' && !Number.isFinite(next) ? `"${next}"` : JSON.stringify(next ?? null));
  }
  return written.join('');
}
