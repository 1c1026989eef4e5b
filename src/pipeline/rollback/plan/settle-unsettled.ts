import type {
  ArticleDraft,
  CategoryDraft,
  CompanyDraft,
  ContactDraft,
  ConversationDraft,
  DealDraft,
  DraftType,
} from '../../../domain/drafts/drafts.js';
import { crosswalkEntry, type DestinationType, originOf } from '../../../domain/model/crosswalk.js';
import { dealType } from '../../../domain/model/deals.js';
import { readBody, readText } from '../../../domain/text/html-text.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import { openDraft } from '../../../store/drafts.js';
import { type IntentKey, openIntents, preImageOf, settleIntents } from '../../../store/load-intents.js';
import { loadState, saveLoadStates } from '../../../store/load-states.js';
import { projectById } from '../../../store/projects.js';
import { provisionedObjects } from '../../../store/provisioned-objects.js';
import { saveCrosswalk } from '../../../store/save-crosswalk.js';
import type { RollbackWork } from '../rollback-work.js';

/** In seconds: clocks can differ. An object that is a day older than the project is certainly not ours. */
const clockTolerance = 86_400;

const madeBy: Partial<Record<DraftType, { step: string; destinationType: DestinationType }>> = {
  COMPANY: { step: 'upsert', destinationType: 'COMPANY' },
  CONTACT: { step: 'create', destinationType: 'CONTACT' },
  DEAL: { step: 'upsert', destinationType: 'CUSTOM_OBJECT' },
  CATEGORY: { step: 'create', destinationType: 'COLLECTION' },
  ARTICLE: { step: 'create', destinationType: 'ARTICLE' },
  TICKET: { step: 'open', destinationType: 'CONVERSATION' },
  CALL: { step: 'open', destinationType: 'CONVERSATION' },
};

/** Objects whose creation a cancelled run sent and never confirmed: those that exist are ours too. */
export async function settleUnsettled(context: RollbackWork): Promise<void> {
  const { work, scope } = context;
  const { intents } = await work.transaction(tx => openIntents(tx, scope));
  for (const intent of intents) {
    work.checkHalt();
    const type = intent.recordType as DraftType;
    const made = madeBy[type];
    if (made?.step !== intent.step) continue;
    const open = await work.transaction(tx => openDraft(tx, scope, type, intent.sourceId));
    // It was known before, so the write was a change.
    if (!open || open.state?.destinationId) continue;
    const preImage = await preImageBefore(context, intent);
    const id = await find(context, type, JSON.parse(open.body), preImage);
    if (id === null || (await work.transaction(tx => isClaimed(tx, scope, made.destinationType, id)))) continue;
    const conversationId = made.destinationType === 'CONVERSATION' ? id : null;
    await work.fencedTransaction(async tx => {
      const entry = crosswalkEntry([type, intent.sourceId], [made.destinationType, id], {
        ...originOf(preImage),
        conversationId,
      });
      await saveCrosswalk(tx, scope, [entry]);
      await saveLoadStates(tx, scope, [loadState(type, intent.sourceId, 'OPEN', { destinationId: id })]);
      await settleIntents(tx, scope, [intent, { ...intent, step: 'adopt' }]);
    });
  }
}

/** The object before the write. For a contact it was stored with the intent of the adoption. */
async function preImageBefore({ work, scope }: RollbackWork, intent: IntentKey): Promise<Record<string, unknown> | null> {
  const step = intent.recordType === 'CONTACT' ? 'adopt' : intent.step;
  return work.transaction(tx => preImageOf(tx, scope, { ...intent, step }));
}

async function find(
  context: RollbackWork,
  type: DraftType,
  draft: unknown,
  preImage: Record<string, unknown> | null,
): Promise<string | null> {
  const { destination } = context;
  if (type === 'COMPANY') return (await destination.companyByKey((draft as CompanyDraft).key))?.id ?? null;
  if (type === 'DEAL') return (await destination.objectByKey(dealType, (draft as DealDraft).key))?.id ?? null;
  if (type === 'CONTACT')
    return typeof preImage?.id === 'string' ? preImage.id : destination.rollback.contactByKey((draft as ContactDraft).key);
  if (type === 'CATEGORY') return newest(context, 'COLLECTION', destination.collections(), ({ name }) => isNamed(draft, name));
  if (type === 'ARTICLE') {
    const { contents, isInternal } = draft as ArticleDraft;
    const articles = destination.articles(isInternal);
    return newest(context, 'ARTICLE', articles, ({ main }) => contents.some(({ title }) => title === main.title));
  }
  return findConversation(context, draft as ConversationDraft);
}

const isNamed = (draft: unknown, name: string) => {
  const { name: own, translations } = draft as CategoryDraft;
  return own === name || translations.some(each => each.name === name);
};

/** The newest one that matches and belongs to no record. */
async function newest<T extends { id: string; createdAt: number }>(
  { work, scope }: RollbackWork,
  type: DestinationType,
  all: AsyncIterable<T>,
  fits: (view: T) => boolean,
): Promise<string | null> {
  const { createdAt } = (await work.transaction(tx => projectById(tx, scope.projectId)))!;
  let found: T | null = null;
  for await (const view of all) {
    if (!fits(view) || view.createdAt < Math.max(createdAt.getTime() / 1000 - clockTolerance, found?.createdAt ?? 0)) continue;
    if (!(await work.transaction(tx => isClaimed(tx, scope, type, view.id)))) found = view;
  }
  return found?.id ?? null;
}

/** By its contact, its time in seconds and its text. */
async function findConversation({ work, scope, destination }: RollbackWork, draft: ConversationDraft): Promise<string | null> {
  const { contact, opening } = draft;
  const contactId = await work.transaction(async tx => {
    if (contact !== null) return (await destinationsOf(tx, scope, 'CONTACT', 'CONTACT', [contact])).get(contact);
    const provisioned = await provisionedObjects(tx, scope.projectId, scope.environment);
    return provisioned.find(({ kind }) => kind === 'PLACEHOLDER_CONTACT')?.destinationId;
  });
  if (!contactId) return null;
  const wanted = readBody(opening.body, true);
  for (const { id, body } of await destination.searchConversations(contactId, opening.createdAt))
    if (readText(body) === wanted && !(await work.transaction(tx => isClaimed(tx, scope, 'CONVERSATION', id)))) return id;
  return null;
}
