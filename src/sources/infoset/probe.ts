import { textOf } from '../../domain/model/record-fields.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ProbeResult } from '../../domain/ports/source.js';
import { isUsableId } from '../../domain/text/kept-text.js';
import { type InfosetClient, maxBytes } from './infoset-client.js';

/**
 * Whether the credentials are good: by /users/me, which may be refused to a good key; then by /account, then by one contact.
 * Only a 401, or a refusal of all three, is a failure.
 * @param accountKey names the account where it does not name itself
 */
export async function probe(client: InfosetClient, accountKey: string | null): Promise<ProbeResult> {
  let refusal: CallFailure | null = null;
  const ask = async (path: string, parameters: [string, string][] = []) => {
    try {
      return (await client.get(path, parameters, { most: maxBytes.facts, tries: 2 })).json;
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
    return { ok: false, detail: `Give the key the right to read: everything is refused (${refusal!.message})`, ...names };
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const detail = error.kind === 'UNAUTHORIZED' ? 'Give another secret: Infoset does not know this one (401).' : error.message;
    return { ok: false, detail, workspaceId: null, workspaceName: null };
  }
}
