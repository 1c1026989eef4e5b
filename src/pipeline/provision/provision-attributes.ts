import type { AttributeSpec } from '../../domain/mapping/attributes.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { type DestinationAttribute, storedType } from '../../domain/ports/destination.js';
import { raiseIssues } from '../../store/issues.js';
import { type ProvisionedKind, saveProvisioned } from '../../store/provisioned-objects.js';
import { reportProgress } from '../../store/run-leases.js';
import { afterSettling } from './after-settling.js';
import type { Provisioning } from './provisioning-work.js';

const kinds: Record<AttributeSpec['model'], ProvisionedKind> = {
  contact: 'CONTACT_ATTRIBUTE',
  company: 'COMPANY_ATTRIBUTE',
  conversation: 'CONVERSATION_ATTRIBUTE',
};

/** Finds or makes each attribute; one that can't be made is an issue, and its neighbours go on. */
export async function provisionAttributes(
  context: Provisioning,
  specs: readonly AttributeSpec[],
): Promise<{ wanted: number; done: number }> {
  let existing = await context.destination.attributes();
  let done = 0;
  for (const [index, spec] of specs.entries()) {
    context.work.checkHalt();
    const problem = conflictOf(spec, existing);
    if (problem) await tell(context, spec, problem);
    else if (await provisionOne(context, spec, existing)) done++;
    const fraction = ((context.share ?? 0.9) * (index + 1)) / specs.length;
    await context.work.fencedTransaction(tx => reportProgress(tx, context.work.lease, fraction, null));
    // What was just made is there now; a list of its own for each would double the calls.
    existing = [...existing, { ...spec, id: '', archived: false }];
  }
  return { wanted: specs.length, done };
}

const named = (spec: AttributeSpec, existing: readonly DestinationAttribute[]) =>
  existing.find(
    each => each.model === spec.model && each.name === spec.name && (!each.archived || spec.model !== 'conversation'),
  );

/** What keeps an attribute from being made as it is wanted; null where nothing does. */
function conflictOf(spec: AttributeSpec, existing: readonly DestinationAttribute[]): string | null {
  const { model, name } = spec;
  const found = named(spec, existing);
  const type = storedType(model, spec.type);
  if (found) return storedType(model, found.type) === type ? null : `it is of type ${found.type} there, and ${type} is needed`;
  const other =
    model !== 'conversation' &&
    existing.find(each => each.model !== model && each.model !== 'conversation' && each.name === name);
  return other ? `the name is taken by an attribute of the model ${other.model}` : null;
}

async function provisionOne(
  context: Provisioning,
  spec: AttributeSpec,
  existing: readonly DestinationAttribute[],
): Promise<boolean> {
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
      return true;
    }
    // The intent first: if the answer is lost, what is there later is known to be ours.
    await save('', 'CREATED');
    const id = await afterSettling(
      context,
      () => destination.createAttribute(spec),
      async () => named(spec, await destination.attributes())?.id,
    );
    await save(id, 'CREATED');
    return true;
  } catch (error) {
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
    await tell(context, spec, error.message, 'ATTRIBUTE_REFUSED');
    return false;
  }
}

async function tell(
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
    message: `The attribute ${model}.custom_attributes.${name} cannot be made: ${problem}`,
    hint: 'Give the field another targetPath, or change the attribute in Intercom; confirm the mapping and provision again.',
  };
  await work.fencedTransaction(tx => raiseIssues(tx, work.lease, [issue]));
}
