import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createProject } from '../../operations/create-project.js';
import { findProject, findProjectByExternalRef, listProjects } from '../../operations/find-projects.js';
import type { GraphQLContext } from '../context.js';
import { ProjectConnection, toConnection } from '../types/connection.js';
import { CreateProjectInput } from '../types/inputs.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { ProjectPayload, payload } from '../types/payloads.js';
import { ProjectType, toProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class ProjectResolver {
  @FieldResolver(() => OrganizationType)
  async organization(
    @Root() { organizationId }: ProjectType,
    @Ctx() { organizations }: GraphQLContext,
  ): Promise<OrganizationType> {
    return toOrganizationType((await organizations.load(organizationId))!);
  }

  @Query(() => ProjectType, { nullable: true })
  async project(@Arg('id', () => ID) id: string, @Ctx() { operation }: GraphQLContext): Promise<ProjectType | null> {
    const project = await findProject(operation, id);
    return project && toProjectType(project);
  }

  @Query(() => ProjectType, {
    nullable: true,
    description:
      "A project by the caller's own reference, unique within its organization (the caller's own where none is given).",
  })
  async projectByExternalRef(
    @Arg('externalRef') externalRef: string,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<ProjectType | null> {
    const project = await findProjectByExternalRef(operation, externalRef, organizationId);
    return project && toProjectType(project);
  }

  @Query(() => ProjectConnection, { description: 'All projects in reach, newest first; first: 1 to 100.' })
  async projects(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<ProjectConnection> {
    const page = await listProjects(operation, first ?? 20, after);
    return toConnection(page, ({ createdAt, id }) => ({ at: createdAt, id }), toProjectType);
  }

  @Mutation(() => ProjectPayload, { description: 'Opens a project: one migration of one account.' })
  createProject(@Arg('input') input: CreateProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await createProject(operation, input)) }));
  }
}
