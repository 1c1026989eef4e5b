import { Field, ObjectType } from 'type-graphql';
import { type Page, toCursor } from '../../domain/model/page.js';
import { ApiKeyType } from './api-key.js';
import { IssueType } from './issue.js';
import { PageInfo } from './page-info.js';
import { ProjectType } from './project.js';
import { RunType } from './run.js';

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

@ObjectType()
export class RunEdge {
  @Field()
  cursor: string;

  @Field(() => RunType)
  node: RunType;
}

@ObjectType({ description: 'Newest first.' })
export class RunConnection {
  @Field(() => [RunEdge])
  edges: RunEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@ObjectType()
export class IssueEdge {
  @Field()
  cursor: string;

  @Field(() => IssueType)
  node: IssueType;
}

@ObjectType({ description: 'Newest first.' })
export class IssueConnection {
  @Field(() => [IssueEdge])
  edges: IssueEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@ObjectType()
export class ApiKeyEdge {
  @Field()
  cursor: string;

  @Field(() => ApiKeyType)
  node: ApiKeyType;
}

@ObjectType({ description: 'Newest first; also those that are revoked or expired.' })
export class ApiKeyConnection {
  @Field(() => [ApiKeyEdge])
  edges: ApiKeyEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

/** A page of rows as a Relay connection of nodes. */
export function toConnection<T extends { id: string; createdAt: Date }, N>(page: Page<T>, toNode: (item: T) => N) {
  const edges = page.items.map(item => ({ cursor: toCursor({ at: item.createdAt, id: item.id }), node: toNode(item) }));
  const { hasNextPage, hasPreviousPage } = page;
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
