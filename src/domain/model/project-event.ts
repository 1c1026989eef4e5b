/** Types of events and the names in their `data`. There is no event per record, only per state, phase and decision. */
export const projectEventTypes = {
  PROJECT_CREATED: ['name', 'externalRef'],
  /** Of these, what changed. */
  PROJECT_UPDATED: ['name', 'externalRef', 'language', 'timeZone', 'allowSamplesToLlm'],
  PROJECT_ARCHIVED: [],
  PROJECT_UNARCHIVED: [],
  CONNECTION_SET: ['side', 'status'],
  CONNECTION_REMOVED: ['side'],
  RUN_STATE_CHANGED: ['kind', 'state'],
  /** Of EXTRACTION; of PROVISIONING: phase, created, found; of PRODUCTION: loaded and verified too. */
  PHASE_FINISHED: ['listing', 'phase', 'source', 'staged', 'created', 'found', 'loaded', 'verified', 'skipped', 'failed'],
  RETENTION_WARNING: ['issueId', 'severity', 'deadline', 'daysRemaining', 'atRisk', 'extractionSecondsP90'],
  MAPPING_PROPOSED: ['mappingVersionId', 'fields', 'undecided'],
  MAPPING_CONFIRMED: ['mappingVersionId', 'hash'],
  SIGNED_OFF: ['runId', 'mappingHash', 'sampleDigest'],
  CUTOVER_BEGUN: ['frozenAt', 'runId'],
  CUTOVER_COMPLETED: ['hypercareUntil'],
  PROJECT_CLOSED: ['reason'],
  PURGE_REQUESTED: [],
  PURGE_FINISHED: ['counts'],
  AGENT_RESOLVED: ['agentId', 'sourceId', 'teammateEmail'],
  ISSUE_UPDATED: ['issueId', 'code', 'status', 'note'],
  REPAIR_REQUESTED: ['environment', 'recordType', 'sourceId', 'includeHumanEdits', 'count'],
  /** In the project whose event could not be sent. */
  WEBHOOK_DISABLED: ['webhookId', 'reason'],
  RECORDING_CLOSED: ['callRecordingId', 'sourceCallId', 'status'],
} as const satisfies Record<string, readonly string[]>;
export type ProjectEventType = keyof typeof projectEventTypes;

/** A new event. It gets its number in the transaction that makes it visible. */
export interface NewProjectEvent {
  projectId: string;
  type: ProjectEventType;
  runId?: string;
  message: string;
  data: Record<string, unknown>;
}

/** An event of a project, numbered from 1 without gaps. */
export interface ProjectEvent extends Omit<NewProjectEvent, 'type' | 'runId'> {
  seq: number;
  type: string;
  runId: string | null;
  at: Date;
}
