import { objectsIn, textOf } from '../../domain/model/record-fields.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { DestinationProbe, SenderAddress } from '../../domain/ports/destination.js';
import { isUsableId } from '../../domain/text/kept-text.js';
import { regionOf, regions } from '../../domain/text/workspace-links.js';
import { maxProbeBytes } from './answer-limits.js';
import type { Answer, IntercomClient } from './intercom-client.js';

/** What an app must be allowed to read; what it may write shows only when it writes. */
const needed: { path: string; scope: string }[] = [
  { path: 'admins', scope: 'Read admins' },
  { path: 'teams', scope: 'Read admins' },
  { path: 'tags', scope: 'Read tags' },
  { path: 'data_attributes', scope: 'Read and list users and companies' },
  { path: 'conversations/attributes', scope: 'Read conversations' },
  { path: 'contacts', scope: 'Read and list users and companies' },
  { path: 'companies', scope: 'Read and list users and companies' },
  { path: 'conversations', scope: 'Read conversations' },
];

/** Those whose answers are needed, not only the permission to ask. */
const used = new Set(['admins', 'teams']);

/** Whether the token is good, for which workspace, and what it may not do. */
export async function probe(
  client: IntercomClient,
  baseUrl: string,
  expectedRegion: string | null,
  tries: number,
): Promise<DestinationProbe> {
  const nothing = { workspaceId: null, workspaceName: null, teammates: [], teams: [], addresses: [] };
  let me: Answer;
  try {
    me = await client.read('me', {}, { tries, most: maxProbeBytes });
    if (!isUsableId(textOf(me.app?.id_code)))
      return { ok: false, detail: 'Check the base URL: what it answers is no Intercom.', ...nothing };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const detail =
      error.kind === 'UNAUTHORIZED' ? 'Give another access token: Intercom does not know this one (401).' : error.message;
    return { ok: false, detail, ...nothing };
  }
  const { id_code, name, region } = me.app;
  const names = {
    workspaceId: String(id_code),
    workspaceName: name ? `${name}${region ? ` (${region})` : ''}` : String(id_code),
  };
  const meant = regionOf(baseUrl, expectedRegion);
  if (meant && region && meant !== String(region).toUpperCase()) {
    const right = regions[String(region).toUpperCase()]?.api;
    const detail = `Use the base URL of the region ${region}${right ? `, https://${right}` : ''}: the workspace is not in ${meant}.`;
    return { ...nothing, ok: false, detail, ...names };
  }
  const answers = new Map<string, Answer>();
  const refused: string[] = [];
  for (const { path, scope } of needed) {
    try {
      answers.set(
        path,
        await client.read(path, path === 'contacts' || path === 'conversations' ? { per_page: '1' } : {}, {
          tries,
          most: maxProbeBytes,
        }),
      );
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      // It may be asked, only not like this: that is all that is to be known of lists which are not used.
      const mayAsk = (error.kind === 'REJECTED' || error.kind === 'NOT_FOUND') && !used.has(path);
      if (mayAsk) continue;
      if (error.kind !== 'FORBIDDEN') return { ...nothing, ok: false, detail: error.message, ...names };
      refused.push(`${scope} (/${path})`);
    }
  }
  if (refused.length > 0) {
    return { ...nothing, ok: false, detail: `Give the app these permissions: ${[...new Set(refused)].join(', ')}.`, ...names };
  }
  let addresses: SenderAddress[];
  try {
    addresses = await addressesOf(client, tries);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    return { ...nothing, ok: false, detail: error.message, ...names };
  }
  return {
    ok: true,
    detail: null,
    ...names,
    addresses,
    teammates: objectsIn(answers.get('admins')?.admins).map((admin: Answer) => ({
      teammateId: String(admin.id),
      name: String(admin.name ?? ''),
      email: String(admin.email ?? ''),
    })),
    teams: objectsIn(answers.get('teams')?.teams).map((team: Answer) => ({ id: String(team.id), name: String(team.name) })),
  };
}

/** Only the inventory of mail accounts needs them: where the app may not see them there are none to compare with. */
async function addressesOf(client: IntercomClient, tries: number): Promise<SenderAddress[]> {
  const list = async (path: string): Promise<Answer[]> => {
    try {
      return (await client.read(path, {}, { tries, most: maxProbeBytes })).data ?? [];
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
