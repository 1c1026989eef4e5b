import type { EntityManager } from 'typeorm';
import type { Actor } from '../domain/model/audit-entry.js';

/** An entry for a mutation that wrote something, but no row whose changes triggers record. */
export async function auditOtherChange(manager: EntityManager, organizationId: string, actor: Actor): Promise<void> {
  await manager.query(
    `INSERT INTO landfall.audit_entries (organization_id, actor_kind, actor_id, actor_name, operation, request_id)
     SELECT $1, $2, $3, $4, $5, $6
     WHERE pg_current_xact_id_if_assigned() IS NOT NULL AND coalesce(current_setting('landfall.audited', true), '') = ''`,
    [organizationId, actor.kind, actor.id, actor.name, actor.operation, actor.requestId],
  );
}
