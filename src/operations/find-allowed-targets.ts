import { type AllowedTargets, allowedTargets } from '../domain/mapping/allowed-targets.js';
import { targetsBeside } from '../store/mapping-targets.js';
import { type OperationContext, within } from './context.js';

/** What a person may choose as the target of each field. */
export async function findAllowedTargets(context: OperationContext, fieldIds: readonly string[]): Promise<AllowedTargets[]> {
  const found = await within(context, tx => targetsBeside(tx, fieldIds));
  return fieldIds.map(id => {
    const { field, others } = found.get(id)!;
    return allowedTargets(field, others);
  });
}
