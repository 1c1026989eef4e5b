/** A slice of a list in keyset order, newest first. */
export interface Page<T> {
  items: T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** Where a slice begins: behind the row with this time and id. */
export interface Keyset {
  at: Date;
  id: string;
}
