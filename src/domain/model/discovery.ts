import type { SourcePlan } from '../ports/source.js';
import type { RecordType } from './record-type.js';

/** What was found at the source before anything is read whole. Dates are ISO 8601: it is stored as JSON. */
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
    /** Of the chats that may still be deleted, the oldest. */
    oldestChatAt: string | null;
    /** When that one is deleted; by then all chats must have been extracted. */
    deadline: string | null;
    daysRemaining: number | null;
    /** Tickets with chats that the source still holds and will delete. */
    atRisk: number | null;
    alreadyPurged: number | null;
  };
  discoveredAt: string;
}
