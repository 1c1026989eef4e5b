import type { Blocker } from './blocker.js';
import { type GateFacts, startBlockers } from './gates.js';

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

export const languages = ['EN', 'TR'] as const;
/** The language of documents. */
export type Language = (typeof languages)[number];

/** One migration of one account. */
export interface Project {
  id: string;
  organizationId: string;
  name: string;
  externalRef: string | null;
  stage: ProjectStage;
  /** Whether samples of values may be sent to a model that suggests targets. */
  allowSamplesToLlm: boolean;
  language: Language;
  /** Of dates of the source without an offset; null for that of the account. */
  timeZone: string | null;
  /** Days from the handover to the end of hypercare. */
  hypercareDays: number;
  /** When it was archived; null if it is in use. */
  archivedAt: Date | null;
  createdAt: Date;
}

/** What must happen before the project can continue: first at the source, then in the workspace. */
export function blockersOf(facts: GateFacts): Blocker[] {
  const source = facts.connections.find(connection => connection.side === 'SOURCE');
  if (!source) return [{ code: 'SOURCE_NOT_CONNECTED', message: 'Connect the project to its Infoset account.' }];
  if (source.status === 'FAILED') {
    return [{ code: 'SOURCE_CONNECTION_FAILED', message: source.detail ?? 'Set the connection to the source again.' }];
  }
  return startBlockers(facts, 'PRODUCTION');
}

/** Names of the mutations that the project allows now. */
export function projectActions(
  { connections, draftExists, agentsOpen, signOff, sandboxExists }: GateFacts,
  stage: ProjectStage,
): string[] {
  if (stage === 'CLOSED') return [];
  const connected = connections.some(({ side, status }) => side === 'SOURCE' && status !== 'FAILED');
  return [
    'setConnection',
    ...(connected ? ['startRun', 'proposeMapping'] : []),
    ...(draftExists ? ['updateFieldMapping', 'confirmMapping'] : []),
    ...(agentsOpen > 0 ? ['resolveAgent'] : []),
    ...(sandboxExists && signOff !== 'VALID' ? ['signOff'] : []),
    ...(stage === 'CUTOVER' ? ['beginCutover', 'completeCutover'] : []),
    ...(stage === 'HYPERCARE' ? ['closeProject'] : []),
  ];
}
