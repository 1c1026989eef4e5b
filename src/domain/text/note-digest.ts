import { createHash } from 'node:crypto';
import { readText } from './html-text.js';

/** Digest of a note's text, as it is read back. */
export const noteDigest = (html: string): string => createHash('sha256').update(readText(html)).digest('hex');
