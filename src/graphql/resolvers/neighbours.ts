import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { findProjects } from '../../operations/find-projects.js';
import { findRuns } from '../../operations/find-runs.js';
import type { GraphQLContext } from '../context.js';
import { CallRecordingType } from '../types/call-recording.js';
import { DocumentType } from '../types/document.js';
import { IssueType } from '../types/issue.js';
import { ProjectType, toProjectType } from '../types/project.js';
import { RunType, toRunType } from '../types/run.js';

/** A caller that reaches an object of a project reaches the project. */
const projectOf = async ({ reads }: GraphQLContext, projectId: string): Promise<ProjectType> =>
  toProjectType((await reads.load(findProjects, projectId))!);

@Resolver(() => RunType)
export class RunNeighbourResolver {
  @FieldResolver(() => ProjectType, { description: 'The project that it belongs to.' })
  project(@Root() { run }: RunType, @Ctx() context: GraphQLContext): Promise<ProjectType> {
    return projectOf(context, run.projectId);
  }
}

@Resolver(() => IssueType)
export class IssueNeighbourResolver {
  @FieldResolver(() => ProjectType, { description: 'The project that it belongs to.' })
  project(@Root() { issue }: IssueType, @Ctx() context: GraphQLContext): Promise<ProjectType> {
    return projectOf(context, issue.projectId);
  }

  @FieldResolver(() => RunType, { nullable: true, description: 'The run that found it; null if no run did.' })
  async run(@Root() { issue }: IssueType, @Ctx() { reads }: GraphQLContext): Promise<RunType | null> {
    const run = issue.runId === null ? null : await reads.load(findRuns, issue.runId);
    return run && toRunType(run);
  }
}

@Resolver(() => DocumentType)
export class DocumentNeighbourResolver {
  @FieldResolver(() => ProjectType, { description: 'The project that it belongs to.' })
  project(@Root() { projectId }: DocumentType, @Ctx() context: GraphQLContext): Promise<ProjectType> {
    return projectOf(context, projectId);
  }
}

@Resolver(() => CallRecordingType)
export class CallRecordingNeighbourResolver {
  @FieldResolver(() => ProjectType, { description: 'The project that it belongs to.' })
  project(@Root() { projectId }: CallRecordingType, @Ctx() context: GraphQLContext): Promise<ProjectType> {
    return projectOf(context, projectId);
  }
}
