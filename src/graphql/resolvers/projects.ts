import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { blockersOf, projectActions } from '../../domain/model/project.js';
import type { Environment } from '../../domain/model/run.js';
import { archiveProject, unarchiveProject } from '../../operations/archive-project.js';
import { countRecords } from '../../operations/count-records.js';
import { createProject } from '../../operations/create-project.js';
import { findGates, findProject, findProjectByExternalRef, listProjects } from '../../operations/find-projects.js';
import { updateProject } from '../../operations/update-project.js';
import { isPermitted } from '../../tenancy/permissions.js';
import type { GraphQLContext } from '../context.js';
import { BlockerType } from '../types/blocker.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { EnvironmentEnum } from '../types/enums.js';
import { ArchiveProjectInput, CreateProjectInput, UpdateProjectInput } from '../types/inputs.js';
import { pageOf } from '../types/page-args.js';
import { ProjectPayload, payload } from '../types/payloads.js';
import { ProjectConnection, ProjectType, toProjectType } from '../types/project.js';
import { ProjectArgs } from '../types/project-args.js';
import { RecordCountType, toRecordCountType } from '../types/record-count.js';

@Resolver(() => ProjectType)
export class ProjectResolver {
  @FieldResolver(() => [BlockerType], { description: 'What must happen before the project can continue.' })
  async blockedBy(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<BlockerType[]> {
    return blockersOf(await reads.load(findGates, project.id));
  }

  @FieldResolver(() => [String], {
    description:
      'Mutations that this key may call on the project now: setConnection, startRun, proposeMapping, updateFieldMapping, confirmMapping or resolveAgent.',
  })
  async allowedActions(@Root() { project }: ProjectType, @Ctx() { reads, operation }: GraphQLContext): Promise<string[]> {
    if (project.archivedAt !== null) return ['unarchiveProject'].filter(action => isPermitted(operation.principal, action));
    return projectActions(await reads.load(findGates, project.id), project.stage).filter(action =>
      isPermitted(operation.principal, action),
    );
  }

  @FieldResolver(() => [RecordCountType])
  async recordCounts(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<RecordCountType[]> {
    return (await reads.load(countRecords, project.id, environment)).map(toRecordCountType);
  }

  @Query(() => ProjectType, { nullable: true })
  async project(@Arg('id', () => ID) id: string, @Ctx() { operation }: GraphQLContext): Promise<ProjectType | null> {
    const project = await findProject(operation, id);
    return project && toProjectType(project);
  }

  @Query(() => ProjectType, {
    nullable: true,
    description: "The project with this reference of the caller, which is unique in its organization (default: the key's own).",
  })
  async projectByExternalRef(
    @Arg('externalRef') externalRef: string,
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<ProjectType | null> {
    const project = await findProjectByExternalRef(operation, externalRef, organizationId);
    return project && toProjectType(project);
  }

  @Query(() => ProjectConnection, { description: 'All projects in reach, or some of them; newest first if `order` is absent.' })
  async projects(
    @Args(() => ProjectArgs) { stage, blocked, text, archived, order, ...page }: ProjectArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<ProjectType>> {
    const filter = {
      stage: stage ?? null,
      blocked: blocked ?? null,
      text: text ?? null,
      archived: archived ?? false,
      order: order ?? ('NEWEST' as const),
    };
    return toKeysetConnection(await listProjects(operation, { ...pageOf(page), ...filter }), toProjectType);
  }

  @Mutation(() => ProjectPayload, { description: 'Creates a project: the migration of one account.' })
  createProject(@Arg('input') input: CreateProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await createProject(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, {
    description: 'Changes what is given. Documents that exist change when they are written again.',
  })
  updateProject(@Arg('input') input: UpdateProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await updateProject(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, {
    description: 'Archives a project: `projects` hides it, and it can only be read. Refused while a run of it is not over.',
  })
  archiveProject(@Arg('input') input: ArchiveProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await archiveProject(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, { description: 'Restores an archived project as it was.' })
  unarchiveProject(@Arg('input') input: ArchiveProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await unarchiveProject(operation, input)) }));
  }
}
