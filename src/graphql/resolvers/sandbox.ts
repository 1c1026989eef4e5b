import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { SignOffState } from '../../domain/model/sign-off.js';
import { reviewCursor } from '../../operations/cursor.js';
import { findGates } from '../../operations/find-projects.js';
import { findPurges } from '../../operations/find-purges.js';
import { listReviews } from '../../operations/list-reviews.js';
import { findSignOffs, findSignOffsOfRuns, signOff } from '../../operations/sign-off.js';
import type { GraphQLContext } from '../context.js';
import { type PurgedConnection, toConnection, withPurge } from '../types/connection.js';
import { RecordTypeEnum } from '../types/enums.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';
import { RunType, toRunType } from '../types/run.js';
import { SampleReviewConnection, type SampleReviewType } from '../types/sample-review.js';
import { SignOffInput, SignOffPayload, SignOffStateEnum, SignOffType, toSignOffType } from '../types/sign-off.js';

@Resolver(() => ProjectType)
export class ProjectSandboxResolver {
  @FieldResolver(() => SampleReviewConnection, { description: 'What the newest SANDBOX run moved, on both sides.' })
  async sampleReview(
    @Root() { project }: ProjectType,
    @Arg('recordType', () => RecordTypeEnum, { nullable: true, description: 'TICKET, CONTACT or ARTICLE; all if absent.' })
    recordType: RecordType | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<PurgedConnection<SampleReviewType>> {
    const reviews = await reads.load(listReviews, project.id, { ...pageOf(page), recordType: recordType ?? null });
    const connection = toConnection(
      reviews,
      ({ position }) => reviewCursor.write(position),
      ({ review }) => review,
    );
    return withPurge(connection, () => reads.load(findPurges, project.id));
  }

  @FieldResolver(() => SignOffType, { nullable: true, description: 'The newest sign-off; null if there is none.' })
  async signOff(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<SignOffType | null> {
    const found = await reads.load(findSignOffs, project.id);
    return found && toSignOffType(found);
  }

  @FieldResolver(() => SignOffStateEnum, { description: 'Whether the newest sign-off still holds.' })
  async signOffState(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<SignOffState> {
    return (await reads.load(findGates, project.id)).signOff;
  }
}

@Resolver(() => RunType)
export class RunSignOffResolver {
  @FieldResolver(() => SignOffType, { nullable: true, description: 'The sign-off of this SANDBOX run; null if there is none.' })
  async signOff(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<SignOffType | null> {
    const found = await reads.load(findSignOffsOfRuns, run.id);
    return found && toSignOffType(found);
  }
}

@Resolver()
export class SignOffResolver {
  @Mutation(() => SignOffPayload, {
    description: 'Binds the result of a SANDBOX run and its mapping hash to production. Refused if either has changed since.',
  })
  signOff(@Arg('input') input: SignOffInput, @Ctx() { operation }: GraphQLContext): Promise<SignOffPayload> {
    return payload(async () => ({ run: toRunType(await signOff(operation, input)) }));
  }
}
