import { createHash } from 'node:crypto';
import { dealAttributesOf } from '../../domain/mapping/attributes.js';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import { Blocked } from '../../domain/model/blocked.js';
import { dealReference, dealsAs, dealType } from '../../domain/model/deals.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { sideOf } from '../../domain/model/gates.js';
import { listingOf } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { connectionOf } from '../../store/connections.js';
import { provisionedObjects, saveProvisioned } from '../../store/provisioned-objects.js';
import { saveChecks } from '../../store/provisioning-checks.js';
import { countStaged } from '../../store/staged-records.js';
import { dealChecks, dealTypeDetails, noDealType } from './deal-checks.js';
import type { Provisioning } from './provisioning-work.js';

const samples = { text: 'Landfall', decimal: 1.5, date: 86_400 };

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
 * Checks that the Deal type, which only people can create, exists and accepts every attribute of the mapping. It creates and
 * deletes an object, because the API returns no types.
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
  const steps = stepsFor(wanted, sideOf(environment));
  const digest = createHash('sha256')
    .update(JSON.stringify([run.workspaceId, ...wanted]))
    .digest('hex');
  if (known?.destinationId === digest && (await destination.hasObjectType(dealType))) return { wanted: 1, done: 1 };
  const missing = await missingAttributes(context, keyOf(account, 'probe'), wanted, steps);
  if (missing.length > 0)
    throw new Blocked({
      code: 'DEAL_TYPE_INCOMPLETE',
      message: `The type ${dealType} lacks ${missing.join(', ')}. ${steps}`,
      details: dealTypeDetails(wanted, missing),
    });
  const about = { environment, kind: 'OBJECT_TYPE' as const, name: dealType, destinationId: digest, attributeType: null };
  await work.fencedTransaction(tx => saveProvisioned(tx, work.lease, run.workspaceId!, { ...about, origin: 'FOUND' }));
  return { wanted: 1, done: 1 };
}

async function missingAttributes(
  { destination, work }: Provisioning,
  key: string,
  wanted: Map<string, keyof typeof samples>,
  steps: string,
): Promise<string[]> {
  const missing: string[] = [];
  for (;;) {
    work.checkHalt();
    const asked = [...wanted].filter(([name]) => !missing.includes(name));
    const attributes = Object.fromEntries(asked.map(([name, format]) => [name, samples[format]]));
    try {
      const { id } = await destination.upsertObject(dealType, {
        key,
        externalCreatedAt: null,
        externalUpdatedAt: null,
        attributes,
      });
      const kept = (await destination.object(dealType, id))?.attributes ?? {};
      await destination.deleteObject(dealType, id);
      return [...missing, ...asked.map(([name]) => name).filter(name => !(name in kept))];
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (error.kind === 'NOT_FOUND')
        throw new Blocked({
          code: 'DEAL_TYPE_MISSING',
          message: `The workspace has no custom object type ${dealType}. ${steps}`,
          details: dealTypeDetails(wanted, [...wanted.keys()]),
        });
      if (error.kind !== 'REJECTED') throw error;
      // The message names one attribute: the longest matching name.
      const named = asked
        .filter(([name]) => new RegExp(`(?<![\\w-])${name.replace(/[^\w ]/g, '\\$&')}(?![\\w-])`).test(error.message))
        .sort(([a], [b]) => b.length - a.length)[0];
      if (!named) {
        const message = `Intercom refuses an object of the type ${dealType}: ${error.message} ${steps}`;
        throw new Blocked({ code: 'DEAL_TYPE_INCOMPLETE', message, details: dealTypeDetails(wanted, missing) });
      }
      missing.push(named[0]);
    }
  }
}

function stepsFor(wanted: ReadonlyMap<string, string>, side: string): string {
  const list = [...wanted].map(([name, format]) => `${name} (${format})`).join(', ');
  return `In Intercom, open Settings, Data, Custom objects: make the type ${dealType} with the attributes ${list}, and let People refer to it (many) by ${dealReference}. Or set dealsAs to CONTACT_ATTRIBUTES in the options of the ${side} connection. Then resume the run.`;
}
