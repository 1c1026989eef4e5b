/** The position of a category in the tree. */
export interface CategoryPosition {
  /** The number of its ancestors. */
  depth: number;
  /** Its first ancestors, from the top down. */
  path: readonly string[];
  /** The link to its parent. NONE: it has none. GONE: the parent does not exist. CUT: it closed a circle. */
  link: 'NONE' | 'KEPT' | 'GONE' | 'CUT';
}

export const topLevel: CategoryPosition = { depth: 0, path: [], link: 'NONE' };

/**
 * Makes a tree of categories. A missing parent counts as none. Each circle is cut once: its category with the smallest id
 * becomes the top, so that every run cuts it the same way, in any order of records. Descendants of a circle keep their parent.
 * The time is linear.
 * @param parents id of each category → id of its parent; '' at the top
 * @param maxAncestors length of a path
 */
export function categoryTree(parents: ReadonlyMap<string, string>, maxAncestors: number): Map<string, CategoryPosition> {
  const positions = new Map<string, CategoryPosition>();
  for (const id of parents.keys()) {
    const line = upwards(id, parents, positions);
    for (let child = line.pop(); child !== undefined; child = line.pop()) {
      const parent = parents.get(child)!;
      const above = positions.get(parent);
      positions.set(child, above ? below(above, parent, maxAncestors) : { ...topLevel, link: linkOf(parent, parents) });
    }
  }
  return positions;
}

/** The line from a category up to one with a known position, or to the top. A circle is rotated so that its top is last. */
function upwards(id: string, parents: ReadonlyMap<string, string>, positions: ReadonlyMap<string, CategoryPosition>): string[] {
  const line: string[] = [];
  const seen = new Map<string, number>();
  for (let at = id; parents.has(at) && !positions.has(at); at = parents.get(at)!) {
    const begin = seen.get(at);
    if (begin !== undefined) return [...line.slice(0, begin), ...rotatedToTop(line.slice(begin))];
    seen.set(at, line.length);
    line.push(at);
  }
  return line;
}

/** A circle, from the category below its smallest one to the smallest one. */
function rotatedToTop(circle: readonly string[]): string[] {
  const top = circle.reduce((smallest, id, index) => (isSmaller(id, circle[smallest]!) ? index : smallest), 0);
  return [...circle.slice(top + 1), ...circle.slice(0, top + 1)];
}

/** Compares ids as numbers. */
const isSmaller = (a: string, b: string) => a.length < b.length || (a.length === b.length && a < b);

const below = ({ depth, path }: CategoryPosition, parent: string, maxAncestors: number): CategoryPosition => ({
  depth: depth + 1,
  path: path.length < maxAncestors ? [...path, parent] : path,
  link: 'KEPT',
});

function linkOf(parent: string, parents: ReadonlyMap<string, string>): CategoryPosition['link'] {
  if (parent === '') return 'NONE';
  return parents.has(parent) ? 'CUT' : 'GONE';
}
