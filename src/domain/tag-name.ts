import { storableText } from './storable-text.js';
import { trimmed } from './visible-text.js';

const longestTag = 255;

/** The name of a tag or an option as people read it: one line, trimmed, without what can't be stored; '' where it shows nothing. */
export function tagName(text: string): string {
  const name = trimmed(storableText(text).replace(/\p{Cc}+/gu, ' '));
  return name.length > longestTag ? trimmed(storableText(name.slice(0, longestTag))) : name;
}

/** Tags for comparison, as Intercom compares them: without regard to case, nor to how an accent is written. */
export const foldedTag = (name: string) => tagName(name).normalize('NFC').toLowerCase();
