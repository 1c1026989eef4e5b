import type { Discovery } from '../domain/discovery.js';
import { DiscoveryRow } from './entities/discovery-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

export async function saveDiscovery(tx: Tx, { projectId, organizationId }: RunLease, content: Discovery): Promise<void> {
  await tx.manager.upsert(DiscoveryRow, { projectId, organizationId, content: content as object }, ['projectId']);
}

export async function discoveryOf(tx: Tx, projectId: string): Promise<Discovery | null> {
  return (await tx.manager.findOneBy(DiscoveryRow, { projectId }))?.content ?? null;
}
