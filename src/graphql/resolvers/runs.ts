import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { phasesByTask, type RunKind, writingKinds } from '../../domain/model/run.js';
import { runActions } from '../../domain/model/run-transitions.js';
import { findRunKinds } from '../../operations/find-run-kinds.js';
import { findPhases, findRun, listRuns } from '../../operations/find-runs.js';
import { cancelRun, pauseRun, resumeRun } from '../../operations/run-actions.js';
import { followRunProgress, type RunProgress, snapshot } from '../../operations/run-progress.js';
import { startRun } from '../../operations/start-run.js';
import { isPermitted } from '../../tenancy/permissions.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { RunKindEnum } from '../types/enums.js';
import { RunActionInput, StartRunInput } from '../types/inputs.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { payload, RunPayload } from '../types/payloads.js';
import { ListingCensusType, PhaseType, toListingTypes, toPhaseTypes } from '../types/phase.js';
import { ProjectType } from '../types/project.js';
import { RunConnection, RunType, toRunType } from '../types/run.js';
import { AvailableRunKindType, toAvailableRunKind } from '../types/run-kind.js';
import { RunProgressType, toRunProgressType } from '../types/run-progress.js';
import { untilReturned } from '../until-returned.js';

@Resolver(() => RunType)
export class RunResolver {
  @FieldResolver(() => [String], {
    description: 'Mutations that this key may call on the run now: pauseRun, resumeRun or cancelRun.',
  })
  allowedActions(@Root() { run }: RunType, @Ctx() { operation }: GraphQLContext): string[] {
    return runActions(run).filter(action => isPermitted(operation.principal, action));
  }

  @FieldResolver(() => [PhaseType])
  async phases(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<PhaseType[]> {
    const phases = await reads.load(findPhases, run.id);
    return toPhaseTypes(run.kind === 'DELTA' ? phasesByTask(run.kind, phases).loading : phases, writingKinds.includes(run.kind));
  }

  @FieldResolver(() => [ListingCensusType])
  async listings(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<ListingCensusType[]> {
    const phases = await reads.load(findPhases, run.id);
    return toListingTypes(run.kind === 'DELTA' ? phasesByTask(run.kind, phases).reading : phases);
  }

  @FieldResolver(() => RunProgressType)
  async progress(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<RunProgressType> {
    return toRunProgressType(snapshot(run, await reads.load(findPhases, run.id)));
  }

  @Query(() => RunType, { nullable: true })
  async run(@Arg('id', () => ID) id: string, @Ctx() { operation }: GraphQLContext): Promise<RunType | null> {
    const run = await findRun(operation, id);
    return run && toRunType(run);
  }

  @Mutation(() => RunPayload, { description: 'Queues a run.' })
  startRun(@Arg('input') input: StartRunInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await startRun(operation, input)) }));
  }

  @Mutation(() => RunPayload, {
    description:
      'Pauses a run after the calls in flight: until then it stays RUNNING, and `requested` is PAUSE. `resumeRun` continues it.',
  })
  pauseRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await pauseRun(operation, input)) }));
  }

  @Mutation(() => RunPayload, { description: 'Continues a paused or blocked run where it stopped.' })
  resumeRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await resumeRun(operation, input)) }));
  }

  @Mutation(() => RunPayload, { description: 'Ends a run for good. What it has done stays.' })
  cancelRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await cancelRun(operation, input)) }));
  }

  @Subscription(() => RunProgressType, {
    description: 'A snapshot first, then one after each change, at most 5 a second; the last one when the run has ended.',
    subscribe: ({ args, context }) =>
      untilReturned(signal => followRunProgress((context as GraphQLContext).operation, args.runId, signal)),
  })
  runProgress(@Arg('runId', () => ID) _runId: string, @Root() progress: RunProgress): RunProgressType {
    return toRunProgressType(progress);
  }
}

@Resolver(() => ProjectType)
export class ProjectRunResolver {
  @FieldResolver(() => [AvailableRunKindType], {
    description: 'For each kind of run, and each of its workspaces, whether this key may start it now, and if not, why.',
  })
  async availableRunKinds(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<AvailableRunKindType[]> {
    return (await reads.load(findRunKinds, project.id)).map(toAvailableRunKind);
  }

  @FieldResolver(() => RunConnection)
  async runs(
    @Root() { project }: ProjectType,
    @Arg('kind', () => RunKindEnum, { nullable: true }) kind: RunKind | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<RunType>> {
    return toKeysetConnection(await reads.load(listRuns, project.id, { ...pageOf(page), kind: kind ?? null }), toRunType);
  }
}
