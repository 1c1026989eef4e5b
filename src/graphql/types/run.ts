import { Field, Int, ObjectType } from 'type-graphql';
import type { Blocker } from '../../domain/model/blocker.js';
import { publicId } from '../../domain/model/ids.js';
import { type Environment, isTerminal, type Run, type RunKind, type RunRequest, type RunState } from '../../domain/model/run.js';
import { BlockerType } from './blocker.js';
import { connectionType } from './connection.js';
import { DestinationTypeEnum, EnvironmentEnum, RunKindEnum, RunRequestEnum, RunStateEnum } from './enums.js';
import { LoadPlanType } from './load-plan.js';
import { Node } from './node.js';

@ObjectType('PlannedAction')
export class PlannedActionType {
  @Field()
  action: string;

  @Field(() => DestinationTypeEnum)
  destinationType: keyof typeof DestinationTypeEnum;

  @Field(() => Int)
  count: number;

  @Field()
  reason: string;
}

@ObjectType('Run', { implements: Node, description: 'One execution of a step of the migration.' })
export class RunType extends Node {
  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, { nullable: true })
  environment: Environment | null;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field(() => RunRequestEnum, {
    nullable: true,
    description:
      'What `pauseRun` or `cancelRun` asked of a run that is still RUNNING; null if its worker has done it, or nothing was asked.',
  })
  requested: RunRequest | null;

  @Field()
  isTerminal: boolean;

  @Field(() => [BlockerType])
  blockedBy: Blocker[];

  @Field(() => [PlannedActionType], {
    nullable: true,
    description:
      'Of a ROLLBACK run: with `dryRun` the objects that it would delete, archive, restore and keep, and why; with `planHash` the plan that it executes. Null until the plan is made, and for other runs.',
  })
  plan: PlannedActionType[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Digest of the plan. The rollback itself names it, and is refused if an object of the plan has changed since. Null for other runs.',
  })
  planHash: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Digest of what a SANDBOX run read back. A sign-off is bound to it. Null for other runs, and until it ends.',
  })
  sampleDigest: string | null;

  @Field(() => LoadPlanType, { nullable: true, description: 'Of a PRODUCTION run that asked for one; null for other runs.' })
  loadPlan: LoadPlanType | null;

  @Field(() => Date, {
    nullable: true,
    description: 'The run waits in the queue until this time; null if a worker may take it now.',
  })
  notBefore: Date | null;

  @Field(() => Date, { nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;

  /** Resolvers of the other fields read it. */
  run: Run;
}

export const RunConnection = connectionType('Run', () => RunType, 'Newest first.');

export function toRunType(run: Run): RunType {
  const { id, kind, environment, state, wanted, blocker, sampleDigest, loadPlan, notBefore, startedAt, finishedAt } = run;
  return Object.assign(new RunType(), {
    id: publicId('Run', id),
    kind,
    environment,
    state,
    requested: wanted,
    isTerminal: isTerminal(state),
    blockedBy: blocker ? [blocker] : [],
    plan: null,
    planHash: null,
    sampleDigest,
    loadPlan: loadPlan && {
      ...loadPlan,
      createdFrom: loadPlan.createdFrom && new Date(loadPlan.createdFrom),
      createdTo: loadPlan.createdTo && new Date(loadPlan.createdTo),
      retriedIssueIds: loadPlan.retry?.issueIds?.map(each => publicId('Issue', each)) ?? null,
      retriedCode: loadPlan.retry?.code ?? null,
    },
    notBefore,
    startedAt,
    finishedAt,
    run,
  });
}
