import { In } from 'typeorm';
import type { ProvisionedKind, ProvisionedObject } from '../domain/model/provisioned-object.js';
import type { Environment } from '../domain/model/run.js';
import { ProvisionedObjectRow } from './entities/provisioned-object-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Saves it. An object that Landfall created stays CREATED when it is found again. */
export async function saveProvisioned(
  tx: Tx,
  lease: RunLease,
  workspaceId: string,
  object: Omit<ProvisionedObject, 'textAttributes'> & Partial<ProvisionedObject>,
): Promise<void> {
  const { environment, kind, name, destinationId, origin, attributeType, textAttributes = [] } = object;
  await tx.manager.query(
    `INSERT INTO landfall.provisioned_objects AS o
       (project_id, organization_id, environment, kind, name, workspace_id, destination_id, origin, attribute_type, run_id, text_attributes)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (project_id, environment, kind, name) DO UPDATE SET
       origin = CASE WHEN o.workspace_id = excluded.workspace_id AND o.destination_id IN ('', excluded.destination_id) THEN o.origin ELSE excluded.origin END,
       workspace_id = excluded.workspace_id, destination_id = excluded.destination_id, attribute_type = excluded.attribute_type,
       text_attributes = excluded.text_attributes`,
    [
      lease.projectId,
      lease.organizationId,
      environment,
      kind,
      name,
      workspaceId,
      destinationId,
      origin,
      attributeType,
      lease.runId,
      textAttributes,
    ],
  );
}

export async function provisionedObjects(tx: Tx, projectId: string, environment: Environment): Promise<ProvisionedObject[]> {
  return (await provisionedObjectsOf(tx, [projectId], environment)).get(projectId)!;
}

/** By the project's id. */
export async function provisionedObjectsOf(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Map<string, ProvisionedObject[]>> {
  const objects = new Map<string, ProvisionedObject[]>(projectIds.map(id => [id, []]));
  const rows = await tx.manager.find(ProvisionedObjectRow, {
    where: { projectId: In([...projectIds]), environment },
    order: { kind: 'ASC', name: 'ASC' },
  });
  for (const { projectId, kind, name, destinationId, origin, attributeType, textAttributes } of rows) {
    objects
      .get(projectId)!
      .push({ environment, kind: kind as ProvisionedKind, name, destinationId, origin, attributeType, textAttributes });
  }
  return objects;
}

/** The attributes of the Deal type that were made as texts though the mapping has another type. */
export async function textAttributes(tx: Tx, projectId: string, environment: Environment): Promise<Set<string>> {
  const rows = await tx.manager.findBy(ProvisionedObjectRow, { projectId, environment, kind: 'OBJECT_TYPE' });
  return new Set(rows.flatMap(row => row.textAttributes));
}
