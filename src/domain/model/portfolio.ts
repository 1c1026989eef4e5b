import type { ProjectStage } from './project.js';
import type { ProjectEvent } from './project-event.js';
import type { Run } from './run.js';

/** What is followed of a project among many. */
export interface PortfolioProject {
  id: string;
  organizationId: string;
  name: string;
  externalRef: string | null;
  stage: ProjectStage;
  archivedAt: Date | null;
  /** Open issues among the newest 10,000. */
  openErrors: number;
  openWarnings: number;
  /** Number of its newest event. */
  lastSeq: number;
  /** Those that are not over, newest first; if all are over, the newest. */
  runs: Run[];
}

/** A project that has changed, with its events since the last update. */
export interface PortfolioChange {
  project: PortfolioProject;
  /** Oldest first, without gaps. */
  events: ProjectEvent[];
}
