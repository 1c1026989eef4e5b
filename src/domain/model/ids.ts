import { UserError } from './errors.js';

const numeric = new Intl.Collator('en', { numeric: true });

/** Order of ids of a source: numbers of any length by their value. */
export const compareIds = (a: string, b: string): number => numeric.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** The prefix of each kind of object's public id; `prj_0f8fad5b-d9cb-469f-a165-70867728950e`. */
export const idPrefixes = {
  Organization: 'org',
  Project: 'prj',
  ApiKey: 'key',
  Run: 'run',
  Issue: 'iss',
  MappingVersion: 'map',
  FieldMapping: 'fld',
  Agent: 'agt',
  CrosswalkEntry: 'cwk',
  Document: 'doc',
  CallRecording: 'rec',
  PlatformConnection: 'con',
  ShareToken: 'shr',
  Webhook: 'whk',
} as const;
export type NodeType = keyof typeof idPrefixes;

const wellFormed = /^(?:([a-z]{2,8})_)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The public id of a row. */
export function publicId(type: NodeType, uuid: string): string {
  return `${idPrefixes[type]}_${uuid}`;
}

/** Reads a public id. `type` is null if the id is well-formed but of no known kind. @throws UserError MALFORMED_ID */
export function parseId(id: string, path: readonly string[] = ['id']): { type: NodeType | null; uuid: string } {
  const match = wellFormed.exec(id);
  if (!match) throw new UserError('MALFORMED_ID', 'Pass an id that this API has issued.', { path });
  const type = (Object.keys(idPrefixes) as NodeType[]).find(name => idPrefixes[name] === match[1]);
  return { type: type ?? null, uuid: match[2]!.toLowerCase() };
}

/**
 * The uuid in an id of a `type`; null for an id of another kind, which is then handled like an id that does not exist.
 * @throws UserError MALFORMED_ID
 */
export function uuidOf(type: NodeType, id: string, path?: readonly string[]): string | null {
  const parsed = parseId(id, path);
  return parsed.type === type ? parsed.uuid : null;
}
