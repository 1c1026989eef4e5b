import { storableText } from './storable-text.js';
import { showsText, trimmed } from './visible-text.js';

const maxTagLength = 255;

const oneLine = (text: string) => trimmed(storableText(text).replace(/\p{Cc}+/gu, ' '));

/** Whether a tag is too long and will be cut. */
export const isLongTag = (text: string) => oneLine(text).length > maxTagLength;

/** The readable name of a tag or an option: one line, trimmed, only characters that can be stored. '' if nothing is visible. */
export function tagName(text: string): string {
  const name = oneLine(text);
  const short = name.length > maxTagLength ? trimmed(storableText(name.slice(0, maxTagLength))) : name;
  return showsText(short) ? short : '';
}

/** The form of a tag for comparisons. Like Intercom, it ignores case and the encoding of accents. */
export const foldedTag = (name: string) => tagName(name).normalize('NFC').toLowerCase();
