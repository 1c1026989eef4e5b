import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { phasesByTask, runActions, writingKinds } from '../../domain/model/run.js';
import { findPhases, findRun } from '../../operations/find-runs.js';
import { cancelRun, pauseRun, resumeRun } from '../../operations/run-actions.js';
import { followRunProgress, type RunProgress, snapshot } from '../../operations/run-progress.js';
import { startRun } from '../../operations/start-run.js';
import { isPermitted } from '../../tenancy/permissions.js';
import type { GraphQLContext } from '../context.js';
import { RunActionInput, StartRunInput } from '../types/inputs.js';
import { payload, RunPayload } from '../types/payloads.js';
import {
  ListingCensusType,
  PhaseType,
  RunProgressType,
  RunType,
  toListingTypes,
  toPhaseTypes,
  toRunProgressType,
  toRunType,
} from '../types/run.js';
import { untilReturned } from '../until-returned.js';

@Resolver(() => RunType)
export class RunResolver {
  @FieldResolver(() => [String], { description: 'Names of the mutations that this key may call on the run now.' })
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

  @Mutation(() => RunPayload, { description: 'Stops a run after what is in flight; it can be resumed.' })
  pauseRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await pauseRun(operation, input)) }));
  }

  @Mutation(() => RunPayload, { description: 'Continues a paused or blocked run where it stopped.' })
  resumeRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await resumeRun(operation, input)) }));
  }

  @Mutation(() => RunPayload, { description: 'Ends a run for good; what it has done stays.' })
  cancelRun(@Arg('input') input: RunActionInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await cancelRun(operation, input)) }));
  }

  @Subscription(() => RunProgressType, {
    description: 'A snapshot first, then coalesced snapshots (at most ~5 a second), the last one when the run has ended.',
    subscribe: ({ args, context }) =>
      untilReturned(signal => followRunProgress((context as GraphQLContext).operation, args.runId, signal)),
  })
  runProgress(@Arg('runId', () => ID) _runId: string, @Root() progress: RunProgress): RunProgressType {
    return toRunProgressType(progress);
  }
}
