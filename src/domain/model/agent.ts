import { foldedEmail } from '../text/email-address.js';
import type { Environment } from './run.js';

export const agentStatuses = ['MATCHED', 'UNMATCHED', 'PLACEHOLDER'] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** A teammate of a workspace. */
export interface Teammate {
  environment: Environment;
  teammateId: string;
  name: string;
  email: string;
}

/** An agent of the source, and the matching teammates. */
export interface Agent {
  id: string;
  projectId: string;
  sourceId: string;
  name: string;
  email: string | null;
  status: AgentStatus;
  teammateEmail: string | null;
  /** Whether a person has answered. Otherwise the agent was matched by e-mail. */
  answered: boolean;
  teammates: Teammate[];
}

/** The teammates with an address, at most one per workspace. */
export function teammatesWith(email: string | null, teammates: readonly Teammate[]): Teammate[] {
  if (email === null) return [];
  const wanted = foldedEmail(email);
  return teammates.filter(each => foldedEmail(each.email) === wanted);
}
