import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IssueStatus } from '../../domain/model/issue.js';
import { blockersOf, projectActions } from '../../domain/model/project.js';
import type { Environment, RunKind } from '../../domain/model/run.js';
import { createProject } from '../../operations/create-project.js';
import { findGates } from '../../operations/find-mappings.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { countRecords, findConnections, findDiscoveries, listIssues } from '../../operations/find-project-facts.js';
import { findProject, findProjectByExternalRef, listProjects } from '../../operations/find-projects.js';
import { listRuns } from '../../operations/find-runs.js';
import { setConnection } from '../../operations/set-connection.js';
import { isPermitted } from '../../tenancy/permissions.js';
import type { GraphQLContext } from '../context.js';
import { BlockerType } from '../types/blocker.js';
import { IssueConnection, ProjectConnection, RunConnection, toConnection } from '../types/connection.js';
import { DiscoveryType, toDiscoveryType } from '../types/discovery.js';
import { EnvironmentEnum, IssueStatusEnum, RunKindEnum } from '../types/enums.js';
import { CreateProjectInput, SetConnectionInput } from '../types/inputs.js';
import { toIssueType } from '../types/issue.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { ConnectionPayload, ProjectPayload, payload } from '../types/payloads.js';
import { PlatformConnectionType, toPlatformConnectionType } from '../types/platform-connection.js';
import { ProjectType, toProjectType } from '../types/project.js';
import { RecordCountType, toRecordCountType } from '../types/record-count.js';
import { toRunType } from '../types/run.js';

@Resolver(() => ProjectType)
export class ProjectResolver {
  @FieldResolver(() => OrganizationType)
  async organization(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, project.organizationId))!);
  }

  @FieldResolver(() => [BlockerType], { description: 'What must happen before the project can continue.' })
  async blockedBy(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<BlockerType[]> {
    return blockersOf(await reads.load(findGates, project.id));
  }

  @FieldResolver(() => [String], { description: 'Names of the mutations that this key may call on the project now.' })
  async allowedActions(@Root() { project }: ProjectType, @Ctx() { reads, operation }: GraphQLContext): Promise<string[]> {
    return projectActions(await reads.load(findGates, project.id)).filter(action => isPermitted(operation.principal, action));
  }

  @FieldResolver(() => [PlatformConnectionType])
  async connections(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<PlatformConnectionType[]> {
    return (await reads.load(findConnections, project.id)).map(toPlatformConnectionType);
  }

  @FieldResolver(() => DiscoveryType, { nullable: true, description: 'Null until a DISCOVERY run has succeeded.' })
  async discovery(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<DiscoveryType | null> {
    const discovery = await reads.load(findDiscoveries, project.id);
    return discovery && toDiscoveryType(discovery, await reads.load(countRecords, project.id, 'PRODUCTION'));
  }

  @FieldResolver(() => [RecordCountType])
  async recordCounts(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<RecordCountType[]> {
    return (await reads.load(countRecords, project.id, environment)).map(toRecordCountType);
  }

  @FieldResolver(() => RunConnection)
  async runs(
    @Root() { project }: ProjectType,
    @Arg('kind', () => RunKindEnum, { nullable: true }) kind: RunKind | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<RunConnection> {
    const page = { kind: kind ?? null, first: first ?? 20, after: after ?? null };
    return toConnection(await reads.load(listRuns, project.id, page), toRunType);
  }

  @FieldResolver(() => IssueConnection)
  async issues(
    @Root() { project }: ProjectType,
    @Arg('status', () => IssueStatusEnum, { nullable: true }) status: IssueStatus | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<IssueConnection> {
    const page = { status: status ?? null, first: first ?? 20, after: after ?? null };
    return toConnection(await reads.load(listIssues, project.id, page), toIssueType);
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
    return toConnection(page, toProjectType);
  }

  @Mutation(() => ConnectionPayload, { description: 'Stores credentials (write-only, encrypted) and probes them at once.' })
  setConnection(@Arg('input') input: SetConnectionInput, @Ctx() { operation }: GraphQLContext): Promise<ConnectionPayload> {
    return payload(async () => ({ connection: toPlatformConnectionType(await setConnection(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, { description: 'Opens a project: one migration of one account.' })
  createProject(@Arg('input') input: CreateProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await createProject(operation, input)) }));
  }
}
