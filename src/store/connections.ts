import type { Connection, ConnectionSide } from '../domain/model/connection.js';
import { keptText } from '../domain/text/kept-text.js';
import { ConnectionRow } from './entities/connection-row.js';
import type { Tx } from './transaction.js';

const toConnection = ({
  id,
  projectId,
  side,
  baseUrl,
  options,
  status,
  detail,
  checkedAt,
  workspaceId,
  workspaceName,
  missingPermissions,
}: ConnectionRow): Connection => ({
  id,
  projectId,
  side,
  baseUrl,
  options,
  status,
  detail,
  checkedAt,
  workspaceId,
  workspaceName,
  missingPermissions,
});

export async function connectionsOf(tx: Tx, projectIds: readonly string[]): Promise<Connection[]> {
  const query = tx.manager
    .createQueryBuilder(ConnectionRow, 'connection')
    .where('connection.project_id = ANY(:projectIds)', { projectIds });
  return (await query.orderBy('connection.side').getMany()).map(toConnection);
}

export async function connectionOf(tx: Tx, projectId: string, side: ConnectionSide): Promise<Connection | null> {
  const row = await tx.manager.findOneBy(ConnectionRow, { projectId, side });
  return row && toConnection(row);
}

export async function connectionById(tx: Tx, id: string): Promise<Connection | null> {
  const row = await tx.manager.findOneBy(ConnectionRow, { id });
  return row && toConnection(row);
}

/** Deletes a connection and its secret. */
export async function deleteConnection(tx: Tx, projectId: string, side: ConnectionSide): Promise<void> {
  await tx.manager.delete(ConnectionRow, { projectId, side });
}

/** The encrypted secret. It is only decrypted before a call. */
export async function sealedSecretOf(tx: Tx, projectId: string, side: ConnectionSide): Promise<string | null> {
  const row = await tx.manager.findOne(ConnectionRow, { where: { projectId, side }, select: { sealedSecret: true } });
  return row?.sealedSecret ?? null;
}

export async function saveConnection(
  tx: Tx,
  connection: Omit<Connection, 'id'> & { organizationId: string; sealedSecret: string },
): Promise<void> {
  const kept = (text: string | null) => (text === null ? null : keptText(text));
  const { detail, workspaceName, options } = connection;
  const row = { ...connection, detail: kept(detail), workspaceName: kept(workspaceName), options: options as object };
  await tx.manager.upsert(ConnectionRow, row, ['projectId', 'side']);
}
