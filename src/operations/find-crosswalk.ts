import type { CrosswalkEntry, CrosswalkLookup } from '../domain/model/crosswalk.js';
import { UserError } from '../domain/model/errors.js';
import { sideOf } from '../domain/model/gates.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Environment } from '../domain/model/run.js';
import { type LinkTo, linksInto } from '../domain/text/workspace-links.js';
import { connectionOf } from '../store/connections.js';
import { crosswalkById, lookUp } from '../store/crosswalk.js';
import { projectById } from '../store/projects.js';
import { type OperationContext, within } from './context.js';

const maxLookups = 1_000;

/** An entry, and a function that makes links into its workspace. */
export interface FoundEntry {
  entry: CrosswalkEntry;
  linkTo: LinkTo;
}

/**
 * @returns the entries of each look-up, in the order of the look-ups
 * @throws UserError INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function findCrosswalk(
  context: OperationContext,
  projectId: string,
  environment: Environment,
  lookups: readonly CrosswalkLookup[],
): Promise<FoundEntry[][]> {
  if (lookups.length > maxLookups)
    throw new UserError('INVALID_INPUT', `Give at most ${maxLookups} look-ups.`, { path: ['lookups'] });
  for (const [index, { sourceId, destinationId }] of lookups.entries()) {
    if (!sourceId && !destinationId) {
      throw new UserError('INVALID_INPUT', 'Give a sourceId or a destinationId.', { path: ['lookups', String(index)] });
    }
  }
  const uuid = uuidOf('Project', projectId, ['projectId']);
  return within(context, async tx => {
    const project = uuid && (await projectById(tx, uuid));
    if (!project) throw new UserError('NOT_FOUND', 'Name a project that exists.', { path: ['projectId'] });
    const linkTo = linksInto(await connectionOf(tx, project.id, sideOf(environment)));
    const found = await lookUp(tx, project.id, environment, lookups.map(withTicketId));
    return found.map(entries => entries.map(entry => ({ entry, linkTo })));
  });
}

/** Replaces the Infoset URL of a ticket, or its public number (`#123`), by its id. */
function withTicketId(lookup: CrosswalkLookup): CrosswalkLookup {
  if (!lookup.sourceId || (lookup.sourceType && lookup.sourceType !== 'TICKET')) return lookup;
  const text = lookup.sourceId.trim();
  const url = /^https?:\/\/[^?#]*\/(\d+)\/?([?#].*)?$/.exec(text)?.[1];
  const number = /^#(\d+)$/.exec(text)?.[1];
  return url || number ? { ...lookup, sourceType: 'TICKET', sourceId: (url ?? number)! } : lookup;
}

/** @throws UserError MALFORMED_ID */
export async function findCrosswalkEntry(context: OperationContext, id: string): Promise<FoundEntry | null> {
  const uuid = uuidOf('CrosswalkEntry', id);
  if (uuid === null) return null;
  return within(context, async tx => {
    const entry = await crosswalkById(tx, uuid);
    return entry && { entry, linkTo: linksInto(await connectionOf(tx, entry.projectId, sideOf(entry.environment))) };
  });
}
