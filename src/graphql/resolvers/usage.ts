import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { parseId } from '../../domain/model/ids.js';
import { findUsage } from '../../operations/find-usage.js';
import type { GraphQLContext } from '../context.js';
import { OrganizationType } from '../types/organization.js';
import { MonthOfUsageType } from '../types/usage.js';

@Resolver(() => OrganizationType)
export class OrganizationUsageResolver {
  @FieldResolver(() => [MonthOfUsageType], {
    nullable: true,
    description:
      'What this organization itself has used, one item for each month, at most 36. Only for an ADMIN. Some seconds late.',
  })
  async usage(
    @Root() { id }: OrganizationType,
    @Arg('from', { description: 'First month, as YYYY-MM in UTC.' }) from: string,
    @Arg('to', { description: 'Last month, as YYYY-MM in UTC.' }) to: string,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<MonthOfUsageType[]> {
    const months = await reads.load(findUsage, parseId(id).uuid, { from, to });
    return months.map(month => Object.assign(new MonthOfUsageType(), month));
  }
}
