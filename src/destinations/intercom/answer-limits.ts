const megabyte = 1024 * 1024;

/** What a person waits for is short. */
export const maxProbeBytes = megabyte;

/** What is read of an answer at most, by the path that is asked. The first that matches counts. */
const limits: [RegExp, number][] = [
  // With the newest 500 of its parts.
  [/^conversations\/\d+/, 16 * megabyte],
  // Many at once, each with whole texts: of these a page is asked again in smaller ones.
  [/^(conversations|conversations\/search|articles|internal_articles|help_center\/collections)$/, 16 * megabyte],
  [/^(articles|internal_articles|custom_object_instances)\//, 16 * megabyte],
  // Values that were too long for an attribute are whole in a note.
  [/\/notes$/, 16 * megabyte],
  // Lists of all that a workspace has.
  [/^(admins|teams|tags|data_attributes|conversations\/attributes|brands|emails)$/, 4 * megabyte],
];

export function maxBytesOf(path: string): number {
  return limits.find(([pattern]) => pattern.test(path))?.[1] ?? megabyte;
}
