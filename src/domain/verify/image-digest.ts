import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.js';

/** SHA-256 of an object of the destination as it was read. */
export const imageDigestOf = (image: unknown): string => createHash('sha256').update(canonicalJson(image)).digest('hex');
