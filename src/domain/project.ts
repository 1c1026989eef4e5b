import type { Blocker } from './blocker.js';
import type { Connection } from './connection.js';

export const projectStages = [
  'DISCOVERY',
  'EXTRACTION',
  'MAPPING',
  'PROVISIONING',
  'SANDBOX',
  'PRODUCTION',
  'CUTOVER',
  'HYPERCARE',
  'CLOSED',
] as const;
export type ProjectStage = (typeof projectStages)[number];

/** One migration of one account. */
export interface Project {
  id: string;
  organizationId: string;
  name: string;
  externalRef: string | null;
  stage: ProjectStage;
  createdAt: Date;
}

/** What must happen before the project can go on. */
export function blockersOf(_project: Project, connections: readonly Connection[]): Blocker[] {
  const source = connections.find(connection => connection.side === 'SOURCE');
  if (!source) return [{ code: 'SOURCE_NOT_CONNECTED', message: 'Connect the project to its Infoset account.' }];
  if (source.status !== 'FAILED') return [];
  return [{ code: 'SOURCE_CONNECTION_FAILED', message: source.detail ?? 'Set the connection to the source again.' }];
}

/** Names of the mutations that act on a project now. */
export function projectActions(connections: readonly Connection[]): string[] {
  const connected = connections.some(({ side, status }) => side === 'SOURCE' && status !== 'FAILED');
  return connected ? ['setConnection', 'startRun'] : ['setConnection'];
}
