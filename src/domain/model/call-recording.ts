import { e164 } from '../text/phone-number.js';

export const recordingAvailabilities = ['DOWNLOADED', 'FORBIDDEN', 'EXPIRED', 'MISSING', 'CORRUPT', 'PENDING'] as const;
/** State of the bytes of a recording. FORBIDDEN 403, MISSING 404, EXPIRED 410. CORRUPT: it never arrived completely. */
export type RecordingAvailability = (typeof recordingAvailabilities)[number];
export const reattachmentStatuses = ['PENDING', 'CLAIMED', 'ATTACHED', 'NOT_POSSIBLE'] as const;
export type ReattachmentStatus = (typeof reattachmentStatuses)[number];

/** A recording in the queue of the support staff. */
export interface CallRecording {
  id: string;
  projectId: string;
  organizationId: string;
  callId: string;
  ticketId: string | null;
  contactId: string | null;
  agentId: string | null;
  phone: string | null;
  startedAt: Date | null;
  durationSeconds: number | null;
  availability: RecordingAvailability;
  contentType: string | null;
  sha256: string | null;
  byteSize: number | null;
  status: ReattachmentStatus;
  /** Name of the key that claimed or closed it, and the key itself. */
  claimedBy: string | null;
  claimedByKey: string | null;
  claimExpiresAt: Date | null;
  closedAt: Date | null;
  note: string | null;
  /** The key that is uploading it now, and its idempotencyKey. */
  attachingBy: string | null;
  attachingKey: string | null;
  /** The production conversation, after the call is loaded. */
  conversationId: string | null;
}

const longestNumber = 100;

/** Every form that a number can be searched by: E.164, and its last digits, which are the same with and without prefixes. */
export function phoneForms(number: string, country: string | null): string[] {
  // A longer text is not a number, and an index would refuse it.
  if (number.length > longestNumber) return [];
  const digits = number.replace(/\D/g, '');
  const whole = e164(number, country);
  return [...new Set([whole ?? '', digits, digits.slice(-10), (whole ?? '').replace(/\D/g, '').slice(-10)])].filter(
    form => form.replace('+', '').length >= 4,
  );
}
