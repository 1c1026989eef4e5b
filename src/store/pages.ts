import { type EntityTarget, In, type ObjectLiteral } from 'typeorm';
import type { Tx } from './transaction.js';

/** The first rows of a list, and whether there are more. */
export interface Slice<Row> {
  items: Row[];
  hasNextPage: boolean;
}

/**
 * A page of children for each of many parents, always in two statements.
 * @param ids the ids of one parent's page, as SQL: `parent.id` is the parent, $1 the limit, $2 and following the parameters
 * @returns the pages in the order of the parents
 */
export async function pagesByParent<Row extends ObjectLiteral & { id: string }>(
  tx: Tx,
  entity: EntityTarget<Row>,
  parentIds: readonly string[],
  first: number,
  ids: string,
  parameters: readonly unknown[],
): Promise<Slice<Row>[]> {
  const found = await tx.manager.query<{ parentId: string; id: string }[]>(
    `SELECT parent.id AS "parentId", page.id FROM unnest($${parameters.length + 2}::uuid[]) AS parent (id) CROSS JOIN LATERAL (${ids}) page`,
    [first + 1, ...parameters, parentIds],
  );
  const rows = found.length === 0 ? [] : await tx.manager.findBy(entity, { id: In(found.map(({ id }) => id)) } as never);
  const byId = new Map(rows.map(row => [row.id, row]));
  const byParent = Map.groupBy(found, ({ parentId }) => parentId);
  return parentIds.map(parentId => {
    const items = (byParent.get(parentId) ?? []).map(({ id }) => byId.get(id)!);
    return { items: items.slice(0, first), hasNextPage: items.length > first };
  });
}
