import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { PortfolioChange } from '../../domain/model/portfolio.js';
import type { ProjectStage } from '../../domain/model/project.js';
import type { Environment, Run, RunKind, RunState, WaitingFor } from '../../domain/model/run.js';
import type { PortfolioUpdate } from '../../operations/follow-portfolio.js';
import { BlockerType } from './blocker.js';
import { EnvironmentEnum, ProjectStageEnum, RunKindEnum, RunStateEnum } from './enums.js';
import { ProjectEventType, toProjectEventType } from './project-event.js';

@InputType('PortfolioPosition', { description: 'Where the events of a project begin.' })
export class PortfolioPositionInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => Int, { description: 'The last `seq` that the client has seen; 0 replays all events.' })
  afterSeq: number;
}

@ObjectType('PortfolioRun', { description: 'A run of a project that is followed.' })
export class PortfolioRunType {
  @Field(() => ID)
  runId: string;

  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, { nullable: true })
  environment: Environment | null;

  @Field(() => RunStateEnum)
  state: RunState;

  @Field(() => Float, { description: 'Progress from 0 to 1; it never falls.' })
  fraction: number;

  @Field(() => String, { nullable: true, description: 'As in `RunProgress`.' })
  waitingFor: WaitingFor | null;

  @Field(() => BlockerType, { nullable: true, description: 'Why it is BLOCKED; null if it is not.' })
  blockedBy: BlockerType | null;
}

@ObjectType('PortfolioProject', { description: 'A project as it is now, and its events since its last update.' })
export class PortfolioProjectType {
  @Field(() => ID)
  projectId: string;

  @Field(() => ID)
  organizationId: string;

  @Field()
  name: string;

  @Field(() => String, { nullable: true, description: 'The `externalRef` of `createProject`; null if none was given.' })
  externalRef: string | null;

  @Field(() => ProjectStageEnum, { description: 'The step of the migration that it is in.' })
  stage: ProjectStage;

  @Field(() => Date, { nullable: true, description: 'When it was archived: this is its last update. Null if it is in use.' })
  archivedAt: Date | null;

  @Field({ description: 'Whether one of its runs is BLOCKED.' })
  isBlocked: boolean;

  @Field(() => [PortfolioRunType], {
    description: 'Up to five runs that are not over, newest first. If all are over, the newest one; empty without runs.',
  })
  runs: PortfolioRunType[];

  @Field(() => Int, { description: 'Issues with status OPEN and severity ERROR, of the newest 10,000 issues.' })
  openErrors: number;

  @Field(() => Int, { description: 'Issues with status OPEN and severity WARNING, of the newest 10,000 issues.' })
  openWarnings: number;

  @Field(() => Int, { description: 'Number of the newest event of the project. Its events may follow in later updates.' })
  lastSeq: number;

  @Field(() => [ProjectEventType], { description: 'At most 20, oldest first, without a gap after those of the last update.' })
  events: ProjectEventType[];
}

@ObjectType('PortfolioUpdate', { description: 'Projects that have changed.' })
export class PortfolioUpdateType {
  @Field(() => [PortfolioProjectType], { description: 'At most 100, each once.' })
  projects: PortfolioProjectType[];

  @Field(() => Int, { description: 'Projects whose changes follow in the next update, at once.' })
  remaining: number;

  @Field(() => Int, { description: 'Projects in reach that are not followed, because there are more than 500.' })
  omitted: number;

  @Field()
  at: Date;
}

const toRun = ({ id, kind, environment, state, fraction, waitingFor, blocker }: Run): PortfolioRunType =>
  Object.assign(new PortfolioRunType(), {
    runId: publicId('Run', id),
    kind,
    environment,
    state,
    fraction,
    waitingFor,
    blockedBy: state === 'BLOCKED' ? blocker : null,
  });

const toProject = ({ project: { id, organizationId, runs, ...rest }, events }: PortfolioChange): PortfolioProjectType =>
  Object.assign(new PortfolioProjectType(), {
    ...rest,
    projectId: publicId('Project', id),
    organizationId: publicId('Organization', organizationId),
    isBlocked: runs.some(({ state }) => state === 'BLOCKED'),
    runs: runs.map(toRun),
    events: events.map(toProjectEventType),
  });

export const toPortfolioUpdateType = ({ changes, ...rest }: PortfolioUpdate): PortfolioUpdateType =>
  Object.assign(new PortfolioUpdateType(), { ...rest, projects: changes.map(toProject) });
