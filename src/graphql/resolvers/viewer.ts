import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { findOrganizations } from '../../operations/find-organizations.js';
import type { GraphQLContext } from '../context.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { toViewerType, ViewerType } from '../types/viewer.js';

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { description: 'The caller: the API key of this request.' })
  viewer(@Ctx() { operation }: GraphQLContext): ViewerType {
    return toViewerType(operation.principal);
  }

  @FieldResolver(() => OrganizationType)
  async organization(@Ctx() { operation, reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, operation.principal.organizationId))!);
  }
}
