import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../domain/model/page.js';
import { keysetCursor } from '../../operations/cursor.js';
import { PageInfo } from './page-info.js';

export interface Edge<N> {
  cursor: string;
  node: N;
}

/** A page of a list as the Relay specification defines it. */
export interface Connection<N> {
  edges: Edge<N>[];
  pageInfo: PageInfo;
  /** Counted when it is read. */
  readonly totalCount: Promise<number>;
}

/** A list that a purge of its project deletes. */
export interface PurgedConnection<N> extends Connection<N> {
  /** Read when it is asked for. */
  readonly purgedAt: Promise<Date | null>;
}

/** The types `<name>Edge` and `<name>Connection`. */
export function connectionType<N extends object>(
  name: string,
  nodeType: () => ClassType<N>,
  description?: string,
): ClassType<Connection<N>> {
  @ObjectType(`${name}Edge`)
  class NamedEdge implements Edge<N> {
    @Field()
    cursor: string;

    @Field(nodeType)
    node: N;
  }

  @ObjectType(`${name}Connection`, { description })
  class NamedConnection implements Connection<N> {
    @Field(() => [NamedEdge])
    edges: NamedEdge[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    @Field(() => Int)
    readonly totalCount: Promise<number>;
  }

  return NamedConnection;
}

/** The same with `purgedAt`, for a list that a purge of its project deletes. */
export function purgedConnectionType<N extends object>(
  name: string,
  nodeType: () => ClassType<N>,
  description?: string,
): ClassType<PurgedConnection<N>> {
  const type = connectionType(name, nodeType, description) as ClassType<PurgedConnection<N>>;
  const about = {
    nullable: true,
    description: 'When the purge was requested that deletes this list; null without a purge. Afterwards the list is empty.',
  };
  Field(() => Date, about)(type.prototype, 'purgedAt');
  return type;
}

/** @param findPurge the purge of the project; null if there is none */
export function withPurge<N>(
  connection: Connection<N>,
  findPurge: () => Promise<{ requestedAt: Date } | null>,
): PurgedConnection<N> {
  const purgedAt = {
    enumerable: true,
    get: async () => (await findPurge())?.requestedAt ?? null,
  };
  return Object.defineProperty(connection, 'purgedAt', purgedAt) as PurgedConnection<N>;
}

export function toConnection<T, N>(
  { items, hasNextPage, hasPreviousPage, totalCount }: Page<T>,
  cursorOf: (item: T) => string,
  toNode: (item: T) => N,
): Connection<N> {
  const edges = items.map(item => ({ cursor: cursorOf(item), node: toNode(item) }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor },
    get totalCount() {
      return totalCount();
    },
  };
}

/** A list in the order of creation. */
export const toKeysetConnection = <T extends { id: string; createdAt: Date }, N>(page: Page<T>, toNode: (item: T) => N) =>
  toConnection(page, ({ id, createdAt }) => keysetCursor.write({ at: createdAt, id }), toNode);
