import { type Fields, textOf } from './record-fields.js';

/** The name of a person of the source; '' if there is none. */
export function personName({ fullName, firstName, lastName, email }: Fields): string {
  return textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(email);
}
