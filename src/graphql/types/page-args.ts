import { ArgsType, Field, Int } from 'type-graphql';
import type { PageRequest } from '../../operations/cursor.js';

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** @param size items of a page if the client sends null */
export function pageOf({ first, after }: PageArgs, size = 20): PageRequest {
  return { first: first ?? size, after: after ?? null };
}
