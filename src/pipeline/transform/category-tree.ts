import { type Fields, textOf } from '../../domain/model/record-fields.js';

/** Where a category stands in the tree that its parents make. */
export interface CategoryPlace {
  /** How many stand above it. */
  depth: number;
  /** Its ancestors from the top down: all, or the first ones of a longer line. */
  path: readonly string[];
  /** What became of the link to its parent: NONE where it names none, GONE where that is not there, CUT where it closed a circle. */
  link: 'NONE' | 'KEPT' | 'GONE' | 'CUT';
}

export const atTheTop: CategoryPlace = { depth: 0, path: [], link: 'NONE' };

/**
 * Makes a tree of categories that name their parent, whatever they name. A parent that is not there is none. Each circle is
 * cut once: its category with the smallest id stands at the top, so that every run cuts it alike, in whatever order the
 * records come; what hangs on the circle stays where it hangs. Takes as many steps as there are categories.
 * @param mostAncestors how many a path names
 */
export function categoryTree(all: ReadonlyMap<string, Fields>, maxAncestors: number): Map<string, CategoryPlace> {
  const places = new Map<string, CategoryPlace>();
  for (const id of all.keys()) {
    const line = upwards(id, all, places);
    for (let child = line.pop(); child !== undefined; child = line.pop()) {
      const parent = textOf(all.get(child)!.parentId);
      const above = places.get(parent);
      places.set(child, above ? below(above, parent, maxAncestors) : { ...atTheTop, link: linkOf(parent, all) });
    }
  }
  return places;
}

/** From a category up to below one whose place is known, or to the top; a circle is turned so that its top comes last. */
function upwards(id: string, all: ReadonlyMap<string, Fields>, places: ReadonlyMap<string, CategoryPlace>): string[] {
  const line: string[] = [];
  const seen = new Map<string, number>();
  for (let at = id; all.has(at) && !places.has(at); at = textOf(all.get(at)!.parentId)) {
    const begin = seen.get(at);
    if (begin !== undefined) return [...line.slice(0, begin), ...fromBelowTheTop(line.slice(begin))];
    seen.set(at, line.length);
    line.push(at);
  }
  return line;
}

/** A circle from the category below its smallest one around to that. */
function fromBelowTheTop(circle: readonly string[]): string[] {
  const top = circle.reduce((smallest, id, place) => (isSmaller(id, circle[smallest]!) ? place : smallest), 0);
  return [...circle.slice(top + 1), ...circle.slice(0, top + 1)];
}

/** Of numbers the smaller one. */
const isSmaller = (a: string, b: string) => a.length < b.length || (a.length === b.length && a < b);

const below = ({ depth, path }: CategoryPlace, parent: string, maxAncestors: number): CategoryPlace => ({
  depth: depth + 1,
  path: path.length < maxAncestors ? [...path, parent] : path,
  link: 'KEPT',
});

function linkOf(parent: string, all: ReadonlyMap<string, Fields>): CategoryPlace['link'] {
  if (parent === '') return 'NONE';
  return all.has(parent) ? 'CUT' : 'GONE';
}
