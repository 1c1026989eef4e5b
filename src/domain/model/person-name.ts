import { type Fields, textOf } from './record-fields.js';

/** What a person of the source is called, however the name is given; '' where nothing tells. */
export function personName({ fullName, firstName, lastName, email }: Fields): string {
  return textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(email);
}
