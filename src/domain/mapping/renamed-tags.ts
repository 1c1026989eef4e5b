import { tagName } from '../text/tag-name.js';
import type { ValueMapping } from './field-mapping.js';

/** Computed once per mapping and used for every record: a mapping can have thousands of values. */
function once<T>(make: (values: readonly ValueMapping[]) => T): (values: readonly ValueMapping[]) => T {
  const made = new WeakMap<readonly ValueMapping[], { it: T }>();
  return values => {
    const known = made.get(values) ?? { it: make(values) };
    made.set(values, known);
    return known.it;
  };
}

/** The new name of each tag; '' if it is left out. If two tags get the same name, the one that is spelled so decides. */
export const renamedTags = once((values): ReadonlyMap<string, string> => {
  const renamed = new Map<string, string>();
  for (const { from, to } of values) {
    const name = tagName(from);
    if (name === from || !renamed.has(name)) renamed.set(name, tagName(to ?? ''));
  }
  return renamed;
});

/** The replacement of each value; null if it is left out. */
const replacements = once(
  (values): ReadonlyMap<string, string | null> => new Map(values.map(({ from, to }): [string, string | null] => [from, to])),
);

/** The value that is sent for a text: itself if it has no replacement; null if it is left out. */
export function replaced(values: readonly ValueMapping[], text: string): string | null {
  const known = replacements(values).get(text);
  return known === undefined ? text : known;
}

/** The options that the values are mapped to. */
export const optionNames = once((values): ReadonlySet<string> => new Set(values.map(({ to }) => tagName(to ?? ''))));
