import { In } from 'typeorm';
import type { Discovery } from '../domain/model/discovery.js';
import { keptJson } from '../domain/text/kept-text.js';
import { DiscoveryRow } from './entities/discovery-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

export async function saveDiscovery(tx: Tx, { projectId, organizationId }: RunLease, content: Discovery): Promise<void> {
  await tx.manager.upsert(DiscoveryRow, { projectId, organizationId, content: JSON.parse(keptJson(content)) as object }, [
    'projectId',
  ]);
}

export async function discoveryOf(tx: Tx, projectId: string): Promise<Discovery | null> {
  return (await discoveriesOf(tx, [projectId])).get(projectId) ?? null;
}

/** By the project's id. */
export async function discoveriesOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, Discovery>> {
  const rows = await tx.manager.findBy(DiscoveryRow, { projectId: In([...projectIds]) });
  return new Map(rows.map(row => [row.projectId, row.content]));
}
