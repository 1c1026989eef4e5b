import type { Connection } from '../domain/model/connection.js';
import { uuidOf } from '../domain/model/ids.js';
import { connectionById, connectionsOf } from '../store/connections.js';
import { type OperationContext, within } from './context.js';

/** The connections of each project. */
export async function findConnections(context: OperationContext, projectIds: readonly string[]): Promise<Connection[][]> {
  const all = await within(context, tx => connectionsOf(tx, projectIds));
  return projectIds.map(id => all.filter(connection => connection.projectId === id).map(each => shown(context, each)));
}

/** @throws UserError MALFORMED_ID */
export async function findConnection(context: OperationContext, id: string): Promise<Connection | null> {
  const uuid = uuidOf('PlatformConnection', id);
  const connection = uuid === null ? null : await within(context, tx => connectionById(tx, uuid));
  return connection && shown(context, connection);
}

/** Options contain addresses of people and logins. A share token does not see them. */
const shown = ({ principal }: OperationContext, connection: Connection): Connection =>
  principal.kind === 'SHARE_TOKEN' ? { ...connection, options: {} } : connection;
