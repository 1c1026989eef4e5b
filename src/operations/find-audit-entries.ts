import type { AuditEntry } from '../domain/model/audit-entry.js';
import { parseId } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import { type AuditRow, auditList } from '../store/audit-entries.js';
import { noParent, pagesOf } from '../store/pages.js';
import { requirePermission } from '../tenancy/permissions.js';
import type { OperationContext } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { filterText } from './input-check.js';

export interface AuditEntryFilter {
  /** Id of a key or of a share token. */
  actorId?: string | null;
  operation?: string | null;
  /** Id of the changed object, or of its project. */
  objectId?: string | null;
  from?: Date | null;
  to?: Date | null;
}

/**
 * Changes in all organizations in reach, newest first.
 * @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, MALFORMED_CURSOR
 */
export async function listAuditEntries(
  context: OperationContext,
  filter: AuditEntryFilter,
  request: PageRequest,
): Promise<Page<AuditEntry & { createdAt: Date }>> {
  requirePermission(context.principal, 'auditEntries');
  const window = readPage(request, keysetCursor);
  const uuid = (id: string | null | undefined, name: string) => (id ? parseId(id, ['filter', name]).uuid : null);
  const list = auditList({
    actorId: uuid(filter.actorId, 'actorId'),
    objectId: uuid(filter.objectId, 'objectId'),
    operation: filter.operation ? filterText('operation', filter.operation) : null,
    from: filter.from ?? null,
    to: filter.to ?? null,
  });
  return (await countedPages(context, list, [noParent], tx => pagesOf<AuditRow>(tx, list, [noParent], window)))[0]!;
}
