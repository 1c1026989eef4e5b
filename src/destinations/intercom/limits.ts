const megabyte = 1024 * 1024;

/** Attempts of a read that may fail, and of a write that was never received. */
export const maxAttempts = 6;

/** A probe reads little, because a person waits for it. */
export const maxProbeBytes = megabyte;

/** Size limits of answers by path. The first match applies. */
const limits: [RegExp, number][] = [
  // A conversation with its newest 500 parts.
  [/^conversations\/\d+/, 16 * megabyte],
  // Pages of records with whole texts. A page that is too large is requested again in smaller ones.
  [/^(conversations|conversations\/search|articles|internal_articles|help_center\/collections)$/, 16 * megabyte],
  [/^(articles|internal_articles|custom_object_instances)\//, 16 * megabyte],
  // A value that is too long for an attribute is written as a note.
  [/\/notes$/, 16 * megabyte],
  // Lists of everything that a workspace has.
  [/^(admins|teams|tags|data_attributes|conversations\/attributes|brands|emails)$/, 4 * megabyte],
];

export function maxBytesOf(path: string): number {
  return limits.find(([pattern]) => pattern.test(path))?.[1] ?? megabyte;
}
