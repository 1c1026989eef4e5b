import { createHash } from 'node:crypto';
import { type DealAttribute, dealAttributesOf } from '../../domain/mapping/deal-type.js';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import { Blocked } from '../../domain/model/blocked.js';
import { dealsAs, dealType } from '../../domain/model/deals.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { sideOf } from '../../domain/model/gates.js';
import { listingOf } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { connectionOf } from '../../store/connections.js';
import { provisionedObjects, saveProvisioned } from '../../store/provisioned-objects.js';
import { saveChecks } from '../../store/provisioning-checks.js';
import { countStaged } from '../../store/staged-records.js';
import { dealChecks, dealTypeDetails, noDealType } from './deal-checks.js';
import { dealTypeSteps } from './deal-type-steps.js';
import { type FoundDealType, probeDealType } from './probe-deal-type.js';
import type { Provisioning } from './provisioning-work.js';

/** Checks the Deal type, and saves the result for the checklist. @throws Blocked DEAL_TYPE_MISSING, DEAL_TYPE_INCOMPLETE */
export async function checkDealType(
  context: Provisioning,
  fields: readonly FieldMapping[],
): Promise<{ wanted: number; done: number }> {
  const { work, run } = context;
  const save = (checks: ReturnType<typeof noDealType>) => work.fencedTransaction(tx => saveChecks(tx, work.lease, run, checks));
  try {
    const result = await findDealType(context, fields);
    await save(result.wanted === 0 ? noDealType() : dealChecks(dealTypeDetails(dealAttributesOf(fields), []), null));
    return result;
  } catch (error) {
    if (error instanceof Blocked && error.blocker.details) await save(dealChecks(error.blocker.details, error.message));
    throw error;
  }
}

/**
 * Checks that the Deal type, which only people can create, exists and accepts every attribute of the mapping. An attribute that
 * was made as a text is accepted for every format.
 * @throws Blocked DEAL_TYPE_MISSING, DEAL_TYPE_INCOMPLETE, with the steps to take
 */
async function findDealType(context: Provisioning, fields: readonly FieldMapping[]): Promise<{ wanted: number; done: number }> {
  const { work, run, destination } = context;
  const { projectId } = work.lease;
  const environment = run.environment!;
  const { staged, connection, account, known } = await work.transaction(async tx => ({
    staged: (await countStaged(tx, projectId, listingOf('DEAL'))).staged,
    connection: (await connectionOf(tx, projectId, sideOf(environment)))!,
    account: (await connectionOf(tx, projectId, 'SOURCE'))?.workspaceId ?? 'unknown',
    known: (await provisionedObjects(tx, projectId, environment)).find(({ kind }) => kind === 'OBJECT_TYPE'),
  }));
  if (staged === 0 || dealsAs(connection.options) === 'CONTACT_ATTRIBUTES') return { wanted: 0, done: 0 };
  const wanted = dealAttributesOf(fields);
  const steps = dealTypeSteps(wanted, sideOf(environment));
  const digest = createHash('sha256')
    .update(JSON.stringify([run.workspaceId, ...wanted]))
    .digest('hex');
  // An attribute that was made as a text may have been created again with its type.
  const isKnown = known?.destinationId === digest && (known.textAttributes ?? []).length === 0;
  if (isKnown && (await destination.hasObjectType(dealType))) return { wanted: 1, done: 1 };
  const found = await orBlocked(probeDealType(context, keyOf(account, 'probe'), wanted), wanted, steps);
  if (found.missing.size > 0)
    throw new Blocked({
      code: 'DEAL_TYPE_INCOMPLETE',
      message: `The type ${dealType} lacks ${[...found.missing.values()].join(', ')}. ${steps}`,
      details: dealTypeDetails(wanted, [...found.missing.keys()]),
    });
  const about = { environment, kind: 'OBJECT_TYPE' as const, name: dealType, destinationId: digest, attributeType: null };
  const object = { ...about, origin: 'FOUND' as const, textAttributes: found.texts };
  await work.fencedTransaction(tx => saveProvisioned(tx, work.lease, run.workspaceId!, object));
  return { wanted: 1, done: 1 };
}

async function orBlocked(
  probe: Promise<FoundDealType | null>,
  wanted: ReadonlyMap<string, DealAttribute>,
  steps: string,
): Promise<FoundDealType> {
  try {
    const found = await probe;
    if (found) return found;
  } catch (error) {
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
    const message = `Intercom refuses an object of the type ${dealType}: ${error.message} ${steps}`;
    throw new Blocked({ code: 'DEAL_TYPE_INCOMPLETE', message, details: dealTypeDetails(wanted, []) });
  }
  const message = `The workspace has no custom object type ${dealType}. ${steps}`;
  throw new Blocked({ code: 'DEAL_TYPE_MISSING', message, details: dealTypeDetails(wanted, [...wanted.keys()]) });
}
