import type { Blocker } from './blocker.js';

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
export function blockersOf(_project: Project): Blocker[] {
  // A project can't be connected to its source yet, so none is.
  return [{ code: 'SOURCE_NOT_CONNECTED', message: 'Connect the project to its Infoset account.' }];
}
