const visible = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text has a visible character. */
export const showsText = (text: string) => visible.test(text);

/** Invisible at the ends of a name. Variation selectors and tags are not included: they belong to the emoji before them. */
const atEnds = /[\s\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Removes invisible characters at both ends. */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && atEnds.test(text[from]!)) from++;
  while (to > from && atEnds.test(text[to - 1]!)) to--;
  return text.slice(from, to);
}
