/** A slice of a list. */
export interface Page<T> {
  items: T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** The start of a slice: after the row with this time and id. */
export interface Keyset {
  at: Date;
  id: string;
}
