import type { AuditEntry } from '../domain/model/audit-entry.js';
import type { List } from './pages.js';

/** Which entries are listed. What is null does not matter. */
export interface AuditFilter {
  actorId: string | null;
  operation: string | null;
  objectId: string | null;
  from: Date | null;
  to: Date | null;
}

export type AuditRow = AuditEntry & { createdAt: Date };

/** The entries of all organizations in reach, newest first. */
export const auditList = ({ actorId, operation, objectId, from, to }: AuditFilter): List => ({
  rows: `SELECT id, organization_id AS "organizationId", project_id AS "projectId", e.at AS "createdAt", actor_kind AS "actorKind",
       actor_id AS "actorId", actor_name AS "actorName", operation, request_id AS "requestId", object_type AS "objectType",
       object_id AS "objectId", before, after, e.at AS at
     FROM landfall.audit_entries e WHERE ($2::uuid IS NULL OR e.actor_id = $2) AND ($3::text IS NULL OR e.operation = $3)
       AND ($4::uuid IS NULL OR e.object_id = $4 OR e.project_id = $4) AND ($5::timestamptz IS NULL OR e.at >= $5)
       AND ($6::timestamptz IS NULL OR e.at < $6)`,
  parameters: [actorId, operation, objectId, from, to],
  order: 'NEWEST',
});
