/** What a table of ours holds under a foreign name: `constructor` and what else every object has are none of its entries. */
export function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A table for foreign names: without it `__proto__` would be lost. */
export const foreignTable = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
