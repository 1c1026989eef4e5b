/** English sentences, as they are stored, and their translation. `{}` stands for a value; both have the same number of them. */
export type Sentences = Readonly<Record<string, string>>;

/** Says a stored sentence in another language. A sentence that is not in the catalogue stays as it is. */
export type Say = (english: string) => string;

/** The values of a text that was filled into a pattern; null if it was not. */
function valuesIn(text: string, pieces: readonly string[]): string[] | null {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (!text.startsWith(first)) return null;
  const values: string[] = [];
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0) return null;
    values.push(text.slice(from, at));
    from = at + piece.length;
  }
  const end = text.length - last.length;
  return end >= from && text.endsWith(last) ? [...values, text.slice(from, end)] : null;
}

/** Sentences with values are tried in the order of the catalogue. */
export function sayingIn(sentences: Sentences): Say {
  const exact = new Map(Object.entries(sentences));
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.includes('{}'))
    .map(([english, translated]) => ({ pieces: english.split('{}'), said: translated.split('{}') }));
  return english => {
    const known = exact.get(english);
    if (known !== undefined) return known;
    for (const { pieces, said } of patterns) {
      const values = valuesIn(english, pieces);
      if (values) return said.map((piece, index) => piece + (values[index] ?? '')).join('');
    }
    return english;
  };
}
