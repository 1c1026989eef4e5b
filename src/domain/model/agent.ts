import { foldedEmail } from '../text/email-address.js';
import type { Environment } from './run.js';

export const agentStatuses = ['MATCHED', 'UNMATCHED', 'PLACEHOLDER'] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** A person of a workspace, as it lists them. */
export interface Teammate {
  environment: Environment;
  teammateId: string;
  name: string;
  email: string;
}

/** Somebody who works at the source, and who they are at the destination. */
export interface Agent {
  id: string;
  projectId: string;
  sourceId: string;
  name: string;
  email: string | null;
  status: AgentStatus;
  teammateEmail: string | null;
  /** Whether a person has answered; else the match by e-mail. */
  answered: boolean;
  teammates: Teammate[];
}

/** The teammates with an address, at most one a workspace. */
export function teammatesWith(email: string | null, teammates: readonly Teammate[]): Teammate[] {
  if (email === null) return [];
  const wanted = foldedEmail(email);
  return teammates.filter(each => foldedEmail(each.email) === wanted);
}
