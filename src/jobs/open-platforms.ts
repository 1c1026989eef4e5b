import { Blocked } from '../domain/model/blocked.js';
import type { ConnectionSide } from '../domain/model/connection.js';
import { LandfallError } from '../domain/model/errors.js';
import { sideOf } from '../domain/model/gates.js';
import type { Environment } from '../domain/model/run.js';
import type { OnAnswer } from '../domain/ports/call-failure.js';
import type { Destination } from '../domain/ports/destination.js';
import type { Source } from '../domain/ports/source.js';
import { connectionOf, sealedSecretOf } from '../store/connections.js';
import { reportWaiting } from '../store/run-leases.js';
import type { RunWork } from '../store/run-work.js';
import type { LimitWait } from '../store/runs.js';
import type { ContactLog } from './contact-log.js';
import type { RunnerOptions } from './runner-options.js';

/** Shorter waits are not reported. */
const minReportedMs = 500;

export type PlatformDependencies = Pick<RunnerOptions, 'openSource' | 'openDestination' | 'unseal' | 'usage' | 'log'> & {
  signal: AbortSignal;
  /** Waits, and lets other runs use the slot meanwhile. */
  waitWithoutSlot: (ms: number, reason: LimitWait) => Promise<void>;
  /** Called before each call to a workspace. */
  onCall: () => void;
  /** The sealed secret of each side that this run has opened. */
  usedSecrets: Map<ConnectionSide, string>;
  contacts: ContactLog;
};

export async function openSourceOf(work: RunWork, dependencies: PlatformDependencies): Promise<Source> {
  const access = await accessOf(work, dependencies, 'SOURCE');
  if (!access) throw new Blocked({ code: 'SOURCE_NOT_CONNECTED', message: 'Connect the SOURCE side, then resume the run.' });
  return dependencies.openSource(access, handlers(work, dependencies, 'source'));
}

export async function openDestinationOf(
  work: RunWork,
  dependencies: PlatformDependencies,
  environment: Environment,
): Promise<Destination> {
  const side = sideOf(environment);
  const access = await accessOf(work, dependencies, side);
  if (!access)
    throw new Blocked({ code: 'DESTINATION_NOT_CONNECTED', message: `Connect the ${side} side, then resume the run.` });
  return dependencies.openDestination(access, {
    ...handlers(work, dependencies, 'destination'),
    beforeSend: () => {
      work.checkLease();
      dependencies.onCall();
    },
  });
}

/** Whether somebody has set a connection again since the run opened it. */
export async function isRotated(work: RunWork, usedSecrets: ReadonlyMap<ConnectionSide, string>): Promise<boolean> {
  const { projectId } = work.lease;
  return work.transaction(async tx => {
    for (const [side, used] of usedSecrets) if ((await sealedSecretOf(tx, projectId, side)) !== used) return true;
    return false;
  });
}

async function accessOf(work: RunWork, { unseal, usedSecrets }: PlatformDependencies, side: ConnectionSide) {
  const { projectId } = work.lease;
  const [connection, sealed] = await work.transaction(async tx => [
    await connectionOf(tx, projectId, side),
    await sealedSecretOf(tx, projectId, side),
  ]);
  if (!connection || !sealed) return null;
  usedSecrets.set(side, sealed);
  const { baseUrl, options } = connection;
  try {
    return { baseUrl, secret: unseal(sealed, projectId, side), options };
  } catch (error) {
    if (!(error instanceof LandfallError && error.code === 'SECRET_UNREADABLE')) throw error;
    const message = `Set the ${side} connection again, or start this process with all keys of SECRETS_KEY; then resume the run.`;
    throw new Blocked({ code: 'SECRET_UNREADABLE', message });
  }
}

function handlers(
  work: RunWork,
  { signal, waitWithoutSlot, usage, log, contacts }: PlatformDependencies,
  side: 'source' | 'destination',
) {
  const waitingFor = side === 'source' ? 'SOURCE_LIMIT' : 'RATE_LIMIT';
  const onAnswer: OnAnswer = (failure, sentAt) => contacts.heard(side, failure, sentAt);
  const onLimit = async (ms: number) => {
    if (ms < minReportedMs) return;
    work
      .fencedTransaction(tx => reportWaiting(tx, work.lease, waitingFor))
      .catch(err => log.warn({ err }, 'a wait could not be reported'));
    await waitWithoutSlot(ms, waitingFor);
  };
  const caller = { tenantId: work.lease.organizationId, runId: work.lease.runId };
  return { signal, onLimit, onAnswer, caller, onCall: () => usage.add(work.lease.organizationId, { calls: 1 }) };
}
