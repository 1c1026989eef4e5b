import { Field, ObjectType } from 'type-graphql';
import { type Keyset, type Page, toCursor } from '../../domain/page.js';
import { ProjectType } from './project.js';

@ObjectType({ description: 'As the Relay specification has it.' })
export class PageInfo {
  @Field()
  hasNextPage: boolean;

  @Field()
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

@ObjectType()
export class ProjectEdge {
  @Field()
  cursor: string;

  @Field(() => ProjectType)
  node: ProjectType;
}

@ObjectType({ description: 'Newest first; stable while projects are created.' })
export class ProjectConnection {
  @Field(() => [ProjectEdge])
  edges: ProjectEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

/** A page of rows as a Relay connection of nodes. */
export function toConnection<T, N>(page: Page<T>, keyOf: (item: T) => Keyset, toNode: (item: T) => N) {
  const edges = page.items.map(item => ({ cursor: toCursor(keyOf(item)), node: toNode(item) }));
  const { hasNextPage, hasPreviousPage } = page;
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
