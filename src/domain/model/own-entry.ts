/** Reads an own entry of a table by a foreign name. Inherited members such as `constructor` are not entries. */
export function ownEntry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A table for foreign names. It can also store `__proto__`. */
export const foreignTable = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
