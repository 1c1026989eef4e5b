/** Orders of a list by time of creation. */
export const creationOrders = ['NEWEST', 'OLDEST'] as const;
export type CreationOrder = (typeof creationOrders)[number];

/** Neighbouring items of a list, in its order. */
export interface Slice<T> {
  items: T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** A slice of a list whose items can be counted. */
export interface Page<T> extends Slice<T> {
  /** Counts all items of the list, on every page the same. It costs a statement. */
  totalCount: () => Promise<number>;
}

/** A position in a list that is ordered by time and id. */
export interface Keyset {
  at: Date;
  id: string;
}

/** The items that a page contains: the first or the last `size` of those between two positions. */
export interface PageWindow<Position> {
  size: number;
  fromEnd: boolean;
  after: Position | null;
  before: Position | null;
}

/** The first items of a list. */
export const firstItems = (size: number): PageWindow<never> => ({ size, fromEnd: false, after: null, before: null });

export const mapItems = <A, B>(slice: Slice<A>, to: (item: A) => B): Slice<B> => ({ ...slice, items: slice.items.map(to) });
