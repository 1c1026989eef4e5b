import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { beginCutover } from '../../operations/begin-cutover.js';
import { closeProject } from '../../operations/close-project.js';
import { completeCutover } from '../../operations/complete-cutover.js';
import { findCutovers } from '../../operations/find-cutovers.js';
import { findPurges } from '../../operations/find-purges.js';
import type { GraphQLContext } from '../context.js';
import { BeginCutoverInput, CloseProjectInput, CompleteCutoverInput, CutoverType, toCutoverType } from '../types/cutover.js';
import { ProjectPayload, payload } from '../types/payloads.js';
import { ProjectType, toProjectType } from '../types/project.js';
import { PurgeType, toPurgeType } from '../types/purge.js';

@Resolver(() => ProjectType)
export class CutoverResolver {
  @FieldResolver(() => CutoverType, { nullable: true, description: 'Null before `beginCutover`.' })
  async cutover(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<CutoverType | null> {
    const found = await reads.load(findCutovers, project.id);
    return found && toCutoverType(found);
  }

  @FieldResolver(() => PurgeType, { nullable: true, description: 'Null unless `closeProject` was asked to purge.' })
  async purge(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<PurgeType | null> {
    const found = await reads.load(findPurges, project.id);
    return found && toPurgeType(found);
  }

  @Mutation(() => ProjectPayload, { description: 'Records the freeze of Infoset and starts the last DELTA run.' })
  beginCutover(@Arg('input') input: BeginCutoverInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await beginCutover(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, { description: 'Hands the workspace over with a final report; hypercare begins.' })
  completeCutover(@Arg('input') input: CompleteCutoverInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await completeCutover(operation, input)) }));
  }

  @Mutation(() => ProjectPayload, {
    description: 'Ends hypercare and the project. The crosswalk stays. On request raw data and secrets are deleted.',
  })
  closeProject(@Arg('input') input: CloseProjectInput, @Ctx() { operation }: GraphQLContext): Promise<ProjectPayload> {
    return payload(async () => ({ project: toProjectType(await closeProject(operation, input)) }));
  }
}
