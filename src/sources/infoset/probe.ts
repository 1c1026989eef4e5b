import { textOf } from '../../domain/model/record-fields.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ProbeResult } from '../../domain/ports/source.js';
import { isUsableId, keptText } from '../../domain/text/kept-text.js';
import type { InfosetClient } from './client.js';
import { maxBytes } from './limits.js';
import { type InfosetProfile, infosetV1 } from './profile.js';

/**
 * Checks the credentials: by /users/me, which a valid key may not be allowed to read; then by /account, then by one contact.
 * Only a 401, or a refusal of all three, is a failure.
 * @param accountKey name of the account, used if it does not report its id
 */
export async function probe(client: InfosetClient, profile: InfosetProfile, accountKey: string | null): Promise<ProbeResult> {
  const known = Object.keys(infosetV1.resources);
  const unknown = Object.keys(profile.resources).filter(name => !Object.hasOwn(infosetV1.resources, name));
  if (unknown.length > 0) {
    const detail = `Leave out ${unknown.join(', ')} in options.profile.resources: there are ${known.join(', ')}.`;
    return { ok: false, detail: keptText(detail), workspaceId: null, workspaceName: null };
  }
  let refusal: CallFailure | null = null;
  const ask = async (path: string, parameters: [string, string][] = []) => {
    try {
      return (await client.get(path, parameters, { limit: maxBytes.facts, attempts: 2 })).json;
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (error.kind !== 'FORBIDDEN' && error.kind !== 'NOT_FOUND') throw error;
      refusal = error;
      return undefined;
    }
  };
  try {
    const me = await ask('/v1/users/me');
    const account = (await ask('/v1/account')) as { id?: unknown; name?: unknown } | undefined;
    const names = {
      workspaceId: isUsableId(textOf(account?.id)) ? textOf(account?.id) : accountKey,
      workspaceName: typeof account?.name === 'string' ? account.name : null,
    };
    if (me !== undefined || account !== undefined) return { ok: true, detail: null, ...names };
    const contact = await ask('/v1/contacts', [
      ['Page', '1'],
      ['ItemsPerPage', '1'],
    ]);
    if (contact !== undefined) return { ok: true, detail: null, ...names };
    return { ok: false, detail: `Give the key the right to read: Infoset refuses all reads (${refusal!.message})`, ...names };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const detail = error.kind === 'UNAUTHORIZED' ? 'Give another secret: Infoset does not accept this one (401).' : error.message;
    return { ok: false, detail, workspaceId: null, workspaceName: null };
  }
}
