import type { ConversationDraft } from '../drafts/drafts.js';
import type { PlannedPart } from '../drafts/planned-part.js';
import type { RecordType } from '../model/record-type.js';
import type { ConversationView } from '../ports/destination-records.js';
import type { ConversationRefs } from './compare-conversation.js';
import { comparisons } from './comparisons.js';
import type { FieldDifference, Verification, VerifiedRecord } from './verification.js';

/** What a conversation must hold, in the ids of the workspace. */
export interface ExpectedConversation {
  type: 'TICKET' | 'CALL';
  draft: ConversationDraft;
  refs: ConversationRefs;
  planned: readonly PlannedPart[];
}

/**
 * Compares a conversation and its messages with what was sent.
 * @param more other differences of the conversation
 */
export function verifiedConversation(
  { type, draft, refs, planned }: ExpectedConversation,
  view: ConversationView,
  more: readonly FieldDifference[] = [],
): VerifiedRecord[] {
  const { sourceId } = draft;
  const itself = comparisons[type](draft, refs, view);
  itself.differences.push(...more);
  const ofParts = comparisons.MESSAGE(planned, view);
  const record = (recordType: RecordType, verification: Verification): VerifiedRecord => ({
    recordType,
    ...verification,
    sourceId,
    destinationId: view.id,
    covers: recordType === 'MESSAGE' ? coveredBy(planned) : [{ recordType, sourceIds: [sourceId] }],
  });
  if (type === 'TICKET') return [record('TICKET', itself), record('MESSAGE', ofParts)];
  // A call without a ticket: its conversation and its note are one record.
  const outcomes = { ...itself.outcomes, ...ofParts.outcomes };
  return [record('CALL', { outcomes, differences: [...itself.differences, ...ofParts.differences] })];
}

/** The records that are verified with parts: messages, and the calls, recordings and files in them. */
const coveredBy = (planned: readonly PlannedPart[]): VerifiedRecord['covers'] => [
  { recordType: 'MESSAGE', sourceIds: planned.flatMap(({ draft }) => draft.messages) },
  { recordType: 'CALL', sourceIds: planned.flatMap(({ draft }) => draft.calls) },
  { recordType: 'RECORDING', sourceIds: planned.flatMap(({ draft }) => draft.recordings) },
  { recordType: 'ATTACHMENT', sourceIds: planned.flatMap(({ draft }) => [...draft.files, ...draft.kept].map(file => file.id)) },
];
