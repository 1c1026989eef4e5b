import { ArgsType, Field, ID } from 'type-graphql';
import type { OrganizationKind } from '../../domain/model/organization.js';
import type { CreationOrder } from '../../domain/model/page.js';
import { CreationOrderEnum, OrganizationKindEnum } from './enums.js';
import { PageArgs } from './page-args.js';

@ArgsType()
export class OrganizationArgs extends PageArgs {
  @Field(() => OrganizationKindEnum, { nullable: true })
  kind?: OrganizationKind | null;

  @Field(() => ID, { nullable: true })
  parentId?: string | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => CreationOrderEnum, { nullable: true })
  order?: CreationOrder | null;
}
