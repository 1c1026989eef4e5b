import type { Blocker } from './blocker.js';
import { type ErrorCode, UserError } from './errors.js';
import { type GateFacts, provisioningBlockers, rollbackBlockers, sideOf, startBlockers } from './gates.js';
import type { ProjectStage } from './project.js';
import { type Environment, type Run, type RunKind, workspaceKinds, writingKinds } from './run.js';

/** What decides whether a run may start. */
export interface StartFacts {
  stage: ProjectStage;
  archived: boolean;
  /** Whether a cutover was completed. */
  handedOver: boolean;
  /** Of the environment of the run. */
  gates: GateFacts;
  /** Whether a PRODUCTION run has ended, with or without failures. */
  productionEnded: boolean;
  /** Whether something is loaded into the environment. */
  loaded: boolean;
  /** Runs that are not over: of the project, and in its workspaces. */
  activeRuns: readonly Pick<Run, 'projectId' | 'kind' | 'workspaceId'>[];
}

/** A kind of run, and its environment if it needs one. */
export interface RunChoice {
  kind: RunKind;
  environment: Environment | null;
}

/** Everything that a project could start. */
export const runChoices: readonly RunChoice[] = [
  { kind: 'DISCOVERY', environment: null },
  { kind: 'EXTRACTION', environment: null },
  { kind: 'PROVISIONING', environment: 'SANDBOX' },
  { kind: 'PROVISIONING', environment: 'PRODUCTION' },
  { kind: 'SANDBOX', environment: 'SANDBOX' },
  { kind: 'PRODUCTION', environment: 'PRODUCTION' },
  { kind: 'DELTA', environment: 'PRODUCTION' },
  { kind: 'VERIFICATION', environment: 'SANDBOX' },
  { kind: 'VERIFICATION', environment: 'PRODUCTION' },
  { kind: 'ROLLBACK', environment: 'SANDBOX' },
  { kind: 'ROLLBACK', environment: 'PRODUCTION' },
];

const path = { project: ['input', 'projectId'], environment: ['input', 'environment'] };

/** Why a run must not start; empty if it may, as far as no other run is in its way. */
export function startRefusals(facts: StartFacts, { kind, environment }: RunChoice): UserError[] {
  const over = stageRefusal(facts, kind);
  if (over) return [over];
  if (environment === null || !workspaceKinds.includes(kind)) return sourceRefusals(facts.gates);
  if (kind === 'ROLLBACK') return asErrors(rollbackBlockers(facts.gates, environment));
  if (kind === 'VERIFICATION') return verificationRefusals(facts, environment);
  if (kind === 'PROVISIONING') return asErrors(provisioningBlockers(facts.gates, environment));
  const blocked = asErrors(startBlockers(facts.gates, environment));
  if (kind !== 'DELTA') return blocked;
  const source = sourceRefusals(facts.gates);
  if (source.length > 0) return source;
  if (facts.productionEnded) return blocked;
  const message = 'Start a PRODUCTION run first, and wait for its end.';
  return [new UserError('PRODUCTION_NOT_RUN', message, { path: path.environment }), ...blocked];
}

/** The run that is in the way of another one; null if none is. */
export function busyRefusal(
  { gates: { connections }, activeRuns }: StartFacts,
  projectId: string,
  { kind, environment }: RunChoice,
): UserError | null {
  const reading: readonly RunKind[] = ['DISCOVERY', 'EXTRACTION', 'DELTA'];
  if (reading.includes(kind) && activeRuns.some(run => run.projectId === projectId && reading.includes(run.kind)))
    return sourceBusy();
  const workspaceId = environment && connections.find(({ side }) => side === sideOf(environment))?.workspaceId;
  return workspaceId && activeRuns.some(run => run.workspaceId === workspaceId) ? workspaceBusy() : null;
}

export const workspaceBusy = () =>
  new UserError('WORKSPACE_BUSY', 'Wait for the run that writes to this workspace or reads it back, or cancel it.', {
    path: path.environment,
    retryable: true,
  });

export const sourceBusy = () =>
  new UserError('RUN_ALREADY_ACTIVE', 'Wait for the run that reads this source, or cancel it.', {
    path: path.project,
    retryable: true,
  });

export const projectArchived = (at: readonly string[]) =>
  new UserError('PROJECT_ARCHIVED', 'Call unarchiveProject first: an archived project can only be read.', { path: at });

/** What a project that was archived, handed over or closed no longer allows. */
function stageRefusal({ stage, archived, handedOver }: StartFacts, kind: RunKind): UserError | null {
  if (archived) return projectArchived(path.project);
  if (stage === 'CLOSED')
    return new UserError('PROJECT_CLOSED', 'The project is closed: no run can be started.', { path: path.project });
  if (!handedOver || (kind !== 'PRODUCTION' && kind !== 'DELTA')) return null;
  const message = 'The workspace was handed over: nothing is loaded into it any more.';
  return new UserError('CUTOVER_COMPLETED', message, { path: path.project });
}

function sourceRefusals({ connections }: GateFacts): UserError[] {
  const source = connections.find(({ side }) => side === 'SOURCE');
  if (!source)
    return [new UserError('SOURCE_NOT_CONNECTED', 'Connect the project to its Infoset account first.', { path: path.project })];
  if (source.status !== 'FAILED') return [];
  return [new UserError('SOURCE_CONNECTION_FAILED', source.detail ?? 'Set the connection again.', { path: path.project })];
}

function verificationRefusals({ gates, loaded }: StartFacts, environment: Environment): UserError[] {
  const disconnected = asErrors(rollbackBlockers(gates, environment));
  if (disconnected.length > 0 || loaded) return disconnected;
  return [new UserError('NOTHING_LOADED', `Nothing is loaded into ${environment} yet.`, { path: path.environment })];
}

const asErrors = (blockers: readonly Blocker[]): UserError[] =>
  blockers.map(({ code, message }) => new UserError(code as ErrorCode, message, { path: path.environment }));

/** Whether a run of this kind is bound to a mapping. */
export const needsMapping = ({ kind }: RunChoice) => writingKinds.includes(kind);
