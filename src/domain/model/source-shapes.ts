import { personName } from './person-name.js';
import { type Fields, isFilled, numberOf, objectsIn, textOf } from './record-fields.js';

// Field names of the source, for what is read outside the mapping.

/** A user of the source. */
export interface Person {
  name: string;
  email: string | null;
}

export function personOf(user: Fields): Person {
  return { name: personName(user) || textOf(user.id), email: isFilled(user.email) ? textOf(user.email) : null };
}

/** The name of a team or a company. */
export const nameOf = ({ name }: Fields): string => textOf(name);

/** A pipeline, and the names of its stages by pipeline and stage: `10767/43716`. */
export function pipelineOf({ id, name, stages }: Fields): { id: string; name: string; stages: [key: string, name: string][] } {
  return {
    id: textOf(id),
    name: textOf(name),
    stages: objectsIn(stages).map(stage => [`${textOf(id)}/${textOf(stage.id)}`, textOf(stage.name)]),
  };
}

/** The time zone that an account names; null if it names none. */
export const timeZoneOf = ({ timeZone }: Fields): string | null => textOf(timeZone) || null;

/** The ticket that a ticket was merged into; '' if it was not merged. */
export const mergedInto = ({ mergedIntoId }: Fields): string => textOf(mergedIntoId);

/** What a call refers to, and its numbers. */
export interface CallShape {
  ticketId: string | null;
  contactId: string | null;
  agentId: string | null;
  /** The number of the customer. */
  phone: string;
  /** Dates as the source writes them; the first readable one counts. */
  startedDates: readonly unknown[];
  durationSeconds: number;
  /** Whether it can have a recording: only an explicit false means that there is none. */
  mayBeRecorded: boolean;
}

export const callOf = (call: Fields): CallShape => ({
  ticketId: textOf(call.ticketId) || null,
  contactId: textOf(call.contactId) || null,
  agentId: textOf(call.userId) || null,
  phone: textOf(call.direction) === 'outbound' ? textOf(call.toNumber) : textOf(call.fromNumber),
  startedDates: [call.startedDate, call.createdDate],
  durationSeconds: Math.round(numberOf(call.durationSeconds)),
  mayBeRecorded: call.hasRecording !== false,
});

/** Regular expressions for the JSON text of a record. */
export interface TextPattern {
  matches: string;
  matchesNone: readonly string[];
}

/** A message that an agent wrote to the customer. */
export const agentReply: TextPattern = {
  matches: String.raw`"isAgent"\s*:\s*true`,
  matchesNone: [String.raw`"isInternal"\s*:\s*true`, String.raw`"type"\s*:\s*"note"`],
};
