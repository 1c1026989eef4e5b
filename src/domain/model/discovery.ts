import type { SourcePlan } from '../ports/source.js';
import type { RecordType } from './record-type.js';

/** What a discovery found at the source. Dates are ISO 8601, because it is stored as JSON. */
export interface Discovery {
  plan: SourcePlan;
  counts: { recordType: RecordType; source: number | null }[];
  resources: {
    resource: string;
    recordType: RecordType | null;
    available: boolean;
    reason: string | null;
    count: number | null;
  }[];
  retention: {
    windowDays: number | null;
    /** The oldest chat that will be deleted. */
    oldestChatAt: string | null;
    /** When it is deleted. All chats must be extracted before that. */
    deadline: string | null;
    daysRemaining: number | null;
    /** Tickets with chats that the source will delete. */
    atRisk: number | null;
    alreadyPurged: number | null;
  };
  discoveredAt: string;
}
