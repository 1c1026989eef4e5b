import { tagName } from '../text/tag-name.js';
import type { ValueMapping } from './field-mapping.js';

/** What is asked for every record is made once: a mapping may name thousands of values. */
function once<T>(make: (values: readonly ValueMapping[]) => T): (values: readonly ValueMapping[]) => T {
  const made = new WeakMap<readonly ValueMapping[], { it: T }>();
  return values => {
    const known = made.get(values) ?? { it: make(values) };
    made.set(values, known);
    return known.it;
  };
}

/**
 * What becomes of each tag, by its name; '' for one that is left out. Of two that come to the same name, the one that is written
 * so decides.
 */
export const renamedTags = once((values): ReadonlyMap<string, string> => {
  const renamed = new Map<string, string>();
  for (const { from, to } of values) {
    const name = tagName(from);
    if (name === from || !renamed.has(name)) renamed.set(name, tagName(to ?? ''));
  }
  return renamed;
});

/** The options that values become. */
export const optionNames = once((values): ReadonlySet<string> => new Set(values.map(({ to }) => tagName(to ?? ''))));
