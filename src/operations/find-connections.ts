import type { Connection } from '../domain/model/connection.js';
import { uuidOf } from '../domain/model/ids.js';
import { connectionById, connectionsOf } from '../store/connections.js';
import { type OperationContext, within } from './context.js';

/** The connections of each project. */
export async function findConnections(context: OperationContext, projectIds: readonly string[]): Promise<Connection[][]> {
  const all = await within(context, tx => connectionsOf(tx, projectIds));
  return projectIds.map(id => all.filter(connection => connection.projectId === id));
}

/** @throws UserError MALFORMED_ID */
export async function findConnection(context: OperationContext, id: string): Promise<Connection | null> {
  const uuid = uuidOf('PlatformConnection', id);
  return uuid === null ? null : within(context, tx => connectionById(tx, uuid));
}
