import { type EntityTarget, In, type ObjectLiteral } from 'typeorm';
import type { Keyset, PageWindow, Slice } from '../domain/model/page.js';
import type { Tx } from './transaction.js';

/** NEWEST and OLDEST: by the columns `at` and `id`. POSITION: by the column `position`, from low to high. */
type ListOrder = 'NEWEST' | 'OLDEST' | 'POSITION';

/** A list that each of many parents has. */
export interface List {
  /** Disjoint parts of the rows, as SQL. `rows` then reads one `part`. Each is read in its order, and they are merged. */
  parts?: string;
  /** Rows of one parent, as SQL: `parent.id` is the parent, $2 and following the parameters. */
  rows: string;
  parameters: readonly unknown[];
  order: ListOrder;
}

/** The only parent of a list of everything in reach. */
export const noParent = '00000000-0000-0000-0000-000000000000';

/** A page of the list of each parent, in one statement, in the order of the parents. */
export async function pagesOf<Row extends object>(
  tx: Tx,
  { parts, rows, parameters, order }: List,
  parentIds: readonly string[],
  window: PageWindow<Keyset | number>,
): Promise<Slice<Row>[]> {
  const { size, fromEnd, after, before } = window;
  const forward = order === 'NEWEST' ? '<' : '>';
  const backward = forward === '<' ? '>' : '<';
  const isAscending = (order !== 'NEWEST') !== fromEnd;
  const next = parameters.length + 2;
  const sorted = `ORDER BY ${keyOf(order).map(column => `${column} ${isAscending ? 'ASC' : 'DESC'}`)} LIMIT $${next + 4}`;
  const page = `SELECT * FROM (${rows}) AS listed WHERE ${isBeyond(order, forward, next)} AND ${isBeyond(order, backward, next + 2)} ${sorted}`;
  const found = await tx.manager.query<(Row & { parentId: string; at?: Date })[]>(
    `SELECT parent.id AS "parentId", page.* FROM unnest($1::uuid[]) AS parent (id) CROSS JOIN LATERAL (
       ${parts ? `SELECT listed.* FROM (${parts}) AS part CROSS JOIN LATERAL (${page}) AS listed ${sorted}` : page}
     ) page`,
    [parentIds, ...parameters, ...valuesOf(after), ...valuesOf(before), size + 1],
  );
  const byParent = Map.groupBy(found, ({ parentId }) => parentId);
  return parentIds.map(id => {
    const all = (byParent.get(id) ?? []).map(({ parentId: _, at: __, ...row }) => row as unknown as Row);
    const items = fromEnd ? all.slice(0, size).reverse() : all.slice(0, size);
    // There is always something beyond a cursor: at least the row that it names.
    const [isCut, isBehindCursor] = [all.length > size, (fromEnd ? before : after) !== null];
    return fromEnd
      ? { items, hasNextPage: isBehindCursor, hasPreviousPage: isCut }
      : { items, hasNextPage: isCut, hasPreviousPage: isBehindCursor };
  });
}

/** The number of rows of each parent, in one statement, in the order of the parents. */
export async function countsOf(tx: Tx, { parts, rows, parameters }: List, parentIds: readonly string[]): Promise<number[]> {
  const listed = parts ? `(${parts}) AS part CROSS JOIN LATERAL (${rows}) AS listed` : `(${rows}) AS listed`;
  const found = await tx.manager.query<{ parentId: string; count: number }[]>(
    `SELECT parent.id AS "parentId", counted.count FROM unnest($1::uuid[]) AS parent (id)
     CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM ${listed}) counted`,
    [parentIds, ...parameters],
  );
  const byParent = new Map(found.map(({ parentId, count }) => [parentId, count]));
  return parentIds.map(id => byParent.get(id) ?? 0);
}

/** As `pagesOf`, with the entities whose ids the list contains, in two statements. */
export async function entityPagesOf<Row extends ObjectLiteral & { id: string }>(
  tx: Tx,
  entity: EntityTarget<Row>,
  list: List,
  parentIds: readonly string[],
  window: PageWindow<Keyset | number>,
): Promise<Slice<Row>[]> {
  const pages = await pagesOf<{ id: string }>(tx, list, parentIds, window);
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  const rows = ids.length === 0 ? [] : await tx.manager.findBy(entity, { id: In(ids) } as never);
  const byId = new Map(rows.map(row => [row.id, row]));
  return pages.map(page => ({ ...page, items: page.items.map(({ id }) => byId.get(id)!) }));
}

const keyOf = (order: ListOrder) => (order === 'POSITION' ? ['listed.position'] : ['listed.at', 'listed.id']);

/** Whether a row is beyond the position in two parameters; true without a position. */
const isBeyond = (order: ListOrder, operator: '<' | '>', at: number) =>
  order === 'POSITION'
    ? `($${at}::int IS NULL OR listed.position ${operator} $${at}) AND $${at + 1}::uuid IS NULL`
    : `($${at}::timestamptz IS NULL OR (listed.at, listed.id) ${operator} ($${at}, $${at + 1}::uuid))`;

const valuesOf = (position: Keyset | number | null) =>
  position === null ? [null, null] : typeof position === 'number' ? [position, null] : [position.at, position.id];
