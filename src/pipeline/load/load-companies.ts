import type { CompanyDraft } from '../../domain/drafts/drafts.js';
import type { CompanyFields, CompanyView } from '../../domain/ports/destination-records.js';
import { plainToHtml } from '../../domain/text/html-text.js';
import type { OpenDraft } from '../../store/drafts.js';
import { eachDraft } from './each-draft.js';
import type { Loading } from './loading.js';
import { addNoteOnce } from './notes.js';
import { standingBefore } from './standing.js';
import { writeAgain, writeOnce } from './write-once.js';

/** Companies, by a key that is never a customer's own: what stands under it was made by us, or is adopted. */
export function loadCompanies(x: Loading): Promise<void> {
  return eachDraft(x, 'COMPANY', (draft, open) => loadCompany(x, draft, open));
}

async function loadCompany(x: Loading, draft: CompanyDraft, open: OpenDraft): Promise<void> {
  const { destination, journal } = x;
  const { sourceId, key } = draft;
  const intent = { recordType: 'COMPANY' as const, sourceId, step: 'upsert' };
  const isOurs = open.state?.destinationId !== null && open.state !== null;
  const standing = await standingBefore(x, intent, isOurs, async () => preImage(await destination.companyByKey(key)));
  // What is there is written down before it is changed.
  await journal.commit({ intents: [standing ? { ...intent, preImage: standing } : intent] });
  // Its key makes it the same company however often it is sent.
  const view = await writeOnce(
    x,
    intent,
    () => destination.upsertCompany(key, fieldsOf(draft)),
    async () => undefined,
  );
  const state = {
    recordType: 'COMPANY' as const,
    sourceId,
    state: 'OPEN' as const,
    destinationId: view.id,
    digest: null,
    code: null,
  };
  await journal.commit({
    settled: [intent],
    crosswalk: [
      {
        sourceType: 'COMPANY',
        sourceId,
        destinationType: 'COMPANY',
        destinationId: view.id,
        conversationId: null,
        origin: standing ? 'ADOPTED' : 'CREATED',
        preImage: standing,
      },
    ],
    states: [state],
  });
  for (const tag of draft.tags) await writeAgain(x, () => destination.tagCompany(view.id, tag));
  if (draft.note) await addNoteOnce(x, 'company', 'COMPANY', sourceId, view.id, plainToHtml(draft.note));
  await journal.commit({ states: [{ ...state, state: 'DONE', digest: open.digest }], weight: open.weight });
}

function fieldsOf({ name, website, industry, size, remoteCreatedAt, attributes }: CompanyDraft): CompanyFields {
  return {
    ...(name === null ? {} : { name }),
    ...(website === null ? {} : { website }),
    ...(industry === null ? {} : { industry }),
    ...(size === null ? {} : { size }),
    ...(remoteCreatedAt === null ? {} : { remoteCreatedAt }),
    attributes,
  };
}

function preImage(company: CompanyView | null): object | null {
  if (!company) return null;
  const { id: _i, key: _k, ...rest } = company;
  return rest;
}
