import { objectsIn, textOf } from '../../domain/model/record-fields.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { DestinationProbe, SenderAddress } from '../../domain/ports/destination.js';
import { isUsableId } from '../../domain/text/kept-text.js';
import { regionOf, regions } from '../../domain/text/workspace-links.js';
import type { Answer } from './answer.js';
import type { IntercomClient } from './client.js';
import { maxProbeBytes } from './limits.js';

/** What an app must be allowed to read. Whether it may write shows only when it writes. */
const requiredReads: { path: string; scope: string }[] = [
  { path: 'admins', scope: 'Read admins' },
  { path: 'teams', scope: 'Read admins' },
  { path: 'tags', scope: 'Read tags' },
  { path: 'data_attributes', scope: 'Read and list users and companies' },
  { path: 'conversations/attributes', scope: 'Read conversations' },
  { path: 'contacts', scope: 'Read and list users and companies' },
  { path: 'companies', scope: 'Read and list users and companies' },
  { path: 'conversations', scope: 'Read conversations' },
];
/** The content of these answers is needed, not only the permission to read them. */
const usedPaths = new Set(['admins', 'teams']);
const pagedPaths = new Set(['contacts', 'conversations']);

type Read = (path: string, query?: Record<string, string>) => Promise<Answer>;

/** A probe ends with the first thing that is wrong. */
class ProbeFailed extends Error {
  constructor(
    message: string,
    readonly failure: CallFailure | null = null,
    readonly missingPermissions: string[] = [],
  ) {
    super(message);
  }
}

/** Checks the token, its workspace and its permissions. */
export async function probe(
  client: IntercomClient,
  baseUrl: string,
  expectedRegion: string | null,
  attempts: number,
): Promise<DestinationProbe> {
  const read: Read = (path, query = {}) => client.read(path, query, { attempts, limit: maxProbeBytes });
  const found: DestinationProbe = {
    ok: false,
    detail: null,
    workspaceId: null,
    workspaceName: null,
    teammates: [],
    teams: [],
    addresses: [],
    missingPermissions: [],
    failure: null,
  };
  try {
    const app = await appOf(read);
    const { id_code, name, region } = app;
    found.workspaceId = String(id_code);
    found.workspaceName = name ? `${name}${region ? ` (${region})` : ''}` : String(id_code);
    checkRegion(regionOf(baseUrl, expectedRegion), region);
    const answers = await checkPermissions(read);
    const addresses = await addressesIn(read);
    const teammates = objectsIn(answers.get('admins')?.admins).map(toTeammate);
    const teams = objectsIn(answers.get('teams')?.teams).map(toTeam);
    return { ...found, ok: true, teammates, teams, addresses };
  } catch (error) {
    if (!(error instanceof ProbeFailed || error instanceof CallFailure)) throw error;
    const { failure, missingPermissions } =
      error instanceof ProbeFailed ? error : { failure: error, missingPermissions: [] as string[] };
    return { ...found, detail: error.message, missingPermissions, failure };
  }
}

/** The app that the token belongs to. */
async function appOf(read: Read): Promise<Answer> {
  try {
    const { app } = await read('me');
    if (isUsableId(textOf(app?.id_code))) return app;
  } catch (error) {
    if (error instanceof CallFailure && error.kind === 'UNAUTHORIZED')
      throw new ProbeFailed('Give another access token: Intercom does not accept this one (401).', error);
    throw error;
  }
  throw new ProbeFailed('Check the base URL: its answers are not from Intercom.');
}

function checkRegion(expected: string | null, region: unknown): void {
  if (!expected || !region || expected === String(region).toUpperCase()) return;
  const address = regions[String(region).toUpperCase()]?.api;
  const url = address ? `, https://${address}` : '';
  throw new ProbeFailed(`Use the base URL of the region ${region}${url}: the workspace is not in ${expected}.`);
}

async function checkPermissions(read: Read): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const refused: string[] = [];
  const missing = new Set<string>();
  for (const { path, scope } of requiredReads) {
    try {
      answers.set(path, await read(path, pagedPaths.has(path) ? { per_page: '1' } : {}));
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      // The form of the request is refused, not the permission. That is enough for lists whose content is not used.
      const isPermitted = (error.kind === 'REJECTED' || error.kind === 'NOT_FOUND') && !usedPaths.has(path);
      if (isPermitted) continue;
      if (error.kind !== 'FORBIDDEN') throw error;
      refused.push(`${scope} (/${path})`);
      missing.add(scope);
    }
  }
  if (refused.length > 0) {
    const message = `Give the app these permissions: ${[...new Set(refused)].join(', ')}.`;
    const permission = [...missing].join(', ');
    throw new ProbeFailed(message, new CallFailure('FORBIDDEN', message, { permission }), [...missing]);
  }
  return answers;
}

/** Only the inventory of mail accounts uses the addresses. If the app may not read them, the list is empty. */
async function addressesIn(read: Read): Promise<SenderAddress[]> {
  const list = async (path: string): Promise<Answer[]> => {
    try {
      return (await read(path)).data ?? [];
    } catch (error) {
      if (error instanceof CallFailure && !error.isTransient && error.kind !== 'UNAUTHORIZED') return [];
      throw error;
    }
  };
  const brands = new Map((await list('brands')).map(brand => [String(brand.id), String(brand.name)]));
  return (await list('emails')).map(each => ({
    id: String(each.id),
    address: String(each.email),
    brand: brands.get(String(each.brand_id)) ?? null,
  }));
}

const toTeammate = ({ id, name, email }: Answer) => ({
  teammateId: String(id),
  name: String(name ?? ''),
  email: String(email ?? ''),
});

const toTeam = ({ id, name }: Answer) => ({ id: String(id), name: String(name) });
