import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { parseId } from '../../domain/ids.js';
import { findProject } from '../../operations/find-projects.js';
import type { GraphQLContext } from '../context.js';
import { Node } from '../types/node.js';
import { toOrganizationType } from '../types/organization.js';
import { toProjectType } from '../types/project.js';

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Any object by its id.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() { operation, organizations }: GraphQLContext): Promise<Node | null> {
    const { type, uuid } = parseId(id);
    if (type === 'Project') {
      const project = await findProject(operation, id);
      return project && toProjectType(project);
    }
    const organization = type === 'Organization' ? await organizations.load(uuid) : null;
    return organization && toOrganizationType(organization);
  }
}
