import type { ProvisionedObject } from '../domain/model/provisioned-object.js';
import type { Environment } from '../domain/model/run.js';
import { provisionedObjectsOf } from '../store/provisioned-objects.js';
import { type OperationContext, within } from './context.js';

/** The objects of each project. */
export async function listProvisionedObjects(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<ProvisionedObject[][]> {
  const objects = await within(context, tx => provisionedObjectsOf(tx, projectIds, environment));
  return projectIds.map(id => objects.get(id)!);
}
