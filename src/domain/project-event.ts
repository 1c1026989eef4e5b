/** Types of events; there is none per record, only per state, phase, issue and sample of progress. */
export type ProjectEventType =
  | 'PROJECT_CREATED'
  | 'CONNECTION_SET'
  | 'RUN_STATE_CHANGED'
  | 'PHASE_FINISHED'
  | 'MAPPING_PROPOSED'
  | 'MAPPING_CONFIRMED'
  | 'AGENT_RESOLVED'
  | 'ISSUE_UPDATED'
  | 'RECORDING_CLOSED';

/** An event that is about to happen: it gets its number in the transaction that makes it visible. */
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
