/** The permissions of an app, as Intercom names them, by the first part of a path: to read, and to write. */
const permissions: readonly [path: RegExp, read: string, write: string][] = [
  [/^(me|admins|teams)\b/, 'Read admins', 'Read admins'],
  [/^tags\b/, 'Read tags', 'Write tags'],
  [/^data_attributes\b/, 'Read and list users and companies', 'Write data attributes'],
  [/^(contacts|companies)\b/, 'Read and list users and companies', 'Write users and companies'],
  [/^conversations\b/, 'Read conversations', 'Write conversations'],
  [/^(articles|internal_articles|help_center)\b/, 'Read and write articles', 'Read and write articles'],
  [/^custom_object_instances\b/, 'Read custom object instances', 'Write custom object instances'],
];

/** The permission that a call needs; null if it is not known. A search is a POST that reads. */
export function permissionOf(method: string, path: string): string | null {
  const found = permissions.find(([start]) => start.test(path));
  if (!found) return null;
  return method === 'GET' || path.endsWith('/search') ? found[1] : found[2];
}
