import { personName } from './person-name.js';
import { type Fields, isFilled, objectsIn, textOf } from './record-fields.js';

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
