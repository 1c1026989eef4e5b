import type { Discovery } from '../domain/model/discovery.js';
import { discoveriesOf } from '../store/discoveries.js';
import { type OperationContext, within } from './context.js';

/** The discovery of each project; null if no DISCOVERY run has succeeded. */
export async function findDiscoveries(context: OperationContext, projectIds: readonly string[]): Promise<(Discovery | null)[]> {
  const discoveries = await within(context, tx => discoveriesOf(tx, projectIds));
  return projectIds.map(id => discoveries.get(id) ?? null);
}
