import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../../operations/cursor.js';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true })
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;
}

/** @param size items of a page if the client gives neither `first` nor `last` */
export function pageOf({ first, after, last, before }: PageArgs, size = 20): PageRequest {
  const [given, fromEnd] = [first ?? null, last ?? null];
  return { first: fromEnd === null ? (given ?? size) : given, after: after ?? null, last: fromEnd, before: before ?? null };
}
