import { storableText } from './storable-text.js';
import { showsText, trimmed } from './visible-text.js';

const longestTag = 255;

const oneLine = (text: string) => trimmed(storableText(text).replace(/\p{Cc}+/gu, ' '));

/** Whether a tag is cut. */
export const isLongTag = (text: string) => oneLine(text).length > longestTag;

/** The name of a tag or an option as people read it: one line, trimmed, without what can't be stored; '' where it shows nothing. */
export function tagName(text: string): string {
  const name = oneLine(text);
  const short = name.length > longestTag ? trimmed(storableText(name.slice(0, longestTag))) : name;
  return showsText(short) ? short : '';
}

/** Tags for comparison, as Intercom compares them: without regard to case, nor to how an accent is written. */
export const foldedTag = (name: string) => tagName(name).normalize('NFC').toLowerCase();
