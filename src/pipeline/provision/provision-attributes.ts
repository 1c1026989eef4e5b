import type { AttributeSpec } from '../../domain/mapping/attributes.js';
import { attributeDetails, type RefusedAttribute } from '../../domain/model/blocker-details.js';
import type { NewIssue } from '../../domain/model/issue.js';
import type { ProvisionedKind } from '../../domain/model/provisioned-object.js';
import type { ProvisioningCheck } from '../../domain/model/provisioning-checklist.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { type DestinationAttribute, storedType } from '../../domain/ports/destination.js';
import { raiseIssues } from '../../store/issues.js';
import { saveProvisioned } from '../../store/provisioned-objects.js';
import { saveChecks } from '../../store/provisioning-checks.js';
import { reportProgress } from '../../store/run-leases.js';
import { afterSettling } from './after-settling.js';
import type { Provisioning } from './provisioning-work.js';

const kinds: Record<AttributeSpec['model'], ProvisionedKind> = {
  contact: 'CONTACT_ATTRIBUTE',
  company: 'COMPANY_ATTRIBUTE',
  conversation: 'CONVERSATION_ATTRIBUTE',
};

/** Provisions the attributes, and saves the result for the checklist. */
export async function checkAttributes(
  context: Provisioning,
  specs: readonly AttributeSpec[],
): Promise<{ wanted: number; done: number }> {
  const { work, run } = context;
  const { refused, ...counts } = await provisionAttributes(context, specs);
  const isDone = refused.length === 0;
  const check: ProvisioningCheck = {
    code: 'ATTRIBUTES',
    state: isDone ? 'DONE' : 'OPEN',
    message: isDone
      ? 'Every attribute of the mapping is in the workspace.'
      : 'Change these attributes in Intercom, or give their fields another targetPath. Then start a PROVISIONING run.',
    details: isDone ? null : attributeDetails(refused),
  };
  await work.fencedTransaction(tx => saveChecks(tx, work.lease, run, [check]));
  return counts;
}

/** Finds or creates each attribute. One that cannot be created is an issue; others are not affected. */
export async function provisionAttributes(
  context: Provisioning,
  specs: readonly AttributeSpec[],
): Promise<{ wanted: number; done: number; refused: RefusedAttribute[] }> {
  const refused: RefusedAttribute[] = [];
  let existing = await context.destination.attributes();
  let done = 0;
  for (const [index, spec] of specs.entries()) {
    context.work.checkHalt();
    const conflict = conflictOf(spec, existing);
    if (conflict) await report(context, spec, conflict);
    const problem = conflict ?? (await provisionOne(context, spec, existing));
    if (problem === null) done++;
    else refused.push({ model: spec.model, name: spec.name, type: storedType(spec.model, spec.type), problem });
    const fraction = ((context.share ?? 0.9) * (index + 1)) / specs.length;
    await context.work.fencedTransaction(tx => reportProgress(tx, context.work.lease, fraction, null));
    // It exists now. Reading the list again for each attribute would double the calls.
    existing = [...existing, { ...spec, id: '', archived: false }];
  }
  return { wanted: specs.length, done, refused };
}

const named = (spec: AttributeSpec, existing: readonly DestinationAttribute[]) =>
  existing.find(
    each => each.model === spec.model && each.name === spec.name && (!each.archived || spec.model !== 'conversation'),
  );

/** Why an attribute cannot be created; null if it can. */
function conflictOf(spec: AttributeSpec, existing: readonly DestinationAttribute[]): string | null {
  const { model, name } = spec;
  const found = named(spec, existing);
  const type = storedType(model, spec.type);
  if (found) return storedType(model, found.type) === type ? null : `it exists with type ${found.type}, and ${type} is needed`;
  const other =
    model !== 'conversation' &&
    existing.find(each => each.model !== model && each.model !== 'conversation' && each.name === name);
  return other ? `an attribute of the model ${other.model} has this name` : null;
}

/** @returns why Intercom refuses it; null if it exists now */
async function provisionOne(
  context: Provisioning,
  spec: AttributeSpec,
  existing: readonly DestinationAttribute[],
): Promise<string | null> {
  const { destination, work, run } = context;
  const { model, name, type } = spec;
  const environment = run.environment!;
  const about = { environment, kind: kinds[model], name, attributeType: type };
  const save = (destinationId: string, origin: 'CREATED' | 'FOUND') =>
    work.fencedTransaction(tx => saveProvisioned(tx, work.lease, run.workspaceId!, { ...about, destinationId, origin }));
  try {
    const found = named(spec, existing);
    if (found) {
      if (found.archived) await destination.restoreAttribute(found);
      const missing = spec.options.filter(option => !found.options.includes(option));
      if (missing.length > 0) await destination.extendOptions(found, missing);
      await save(found.id, 'FOUND');
      return null;
    }
    // The intent comes first: if the answer is lost, the attribute is known to be ours.
    await save('', 'CREATED');
    const id = await afterSettling(
      context,
      () => destination.createAttribute(spec),
      async () => named(spec, await destination.attributes())?.id,
    );
    await save(id, 'CREATED');
    return null;
  } catch (error) {
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
    await report(context, spec, error.message, 'ATTRIBUTE_REFUSED');
    return error.message;
  }
}

async function report(
  { work, run }: Provisioning,
  { model, name }: AttributeSpec,
  problem: string,
  code: NewIssue['code'] = 'ATTRIBUTE_CONFLICT',
): Promise<void> {
  const issue: NewIssue = {
    code,
    severity: 'ERROR',
    recordType: null,
    listing: null,
    sourceId: null,
    about: `${run.environment} ${model}.${name}`,
    message: `The attribute ${model}.custom_attributes.${name} cannot be created: ${problem}`,
    hint: 'Give the field another targetPath, or change the attribute in Intercom. Then confirm the mapping and provision again.',
  };
  await work.fencedTransaction(tx => raiseIssues(tx, work.lease, [issue]));
}
