import type { DestinationType } from '../../../domain/model/crosswalk.js';
import { dealType } from '../../../domain/model/deals.js';
import type { ObjectView } from '../../../domain/ports/destination-records.js';
import {
  articleDigest,
  attributeDigest,
  collectionDigest,
  companyDigest,
  contactDigest,
  conversationDigest,
  namedDigest,
  objectDigest,
} from '../../../domain/rollback/digest.js';
import type { PlannedChange } from '../../../domain/rollback/plan.js';
import { notRestored } from '../../../domain/rollback/restoration.js';
import { idsOfLoaded } from '../../../store/loaded-objects.js';
import type { StoredObject } from '../../../store/rollback-objects.js';
import { countNotesOfOthers } from '../notes-of-others.js';
import { again, type RollbackWork } from '../rollback-work.js';
import { redirectsOf } from './redirects.js';

/** An object as it is now. */
export interface CurrentObject {
  digest: string;
  /** The parts of a change that did not take effect. */
  notRestored(change: PlannedChange): string[];
}

/** Reads objects of a type and executes their action. */
export interface Handler {
  /** null if it is gone or archived. */
  read(object: StoredObject): Promise<CurrentObject | null>;
  /** @returns what remains of it; null if nothing does */
  write(object: StoredObject): Promise<string | null>;
}

export type Handlers = Readonly<Partial<Record<DestinationType, Handler>>>;

const gone = async () => null;
const current = (digest: string, missing: CurrentObject['notRestored'] = () => []): CurrentObject => ({
  digest,
  notRestored: missing,
});

/** The handlers for one pass over a plan. Whole lists are read once. */
export async function handlersOf(context: RollbackWork): Promise<Handlers> {
  const { destination, work, scope } = context;
  const { rollback } = destination;
  const deals = await work.transaction(tx => idsOfLoaded(tx, scope, 'CUSTOM_OBJECT'));
  const redirects = redirectsOf(context);
  let tags: Promise<Map<string, string>> | undefined;
  let attributes: ReturnType<typeof destination.attributes> | undefined;
  const tagsNow = async () => new Map((await destination.tags()).map(({ id, name }) => [id, name]));
  return {
    CONVERSATION: {
      read: async ({ destinationId }) => {
        const view = await destination.conversation(destinationId);
        return view && current(conversationDigest(view));
      },
      write: async ({ destinationId }) => {
        const { isStillCounted } = await again(context, () => rollback.eraseConversation(destinationId));
        return isStillCounted ? 'Reports of Intercom still count it: the app lacks the permission to remove it there.' : null;
      },
    },
    CUSTOM_OBJECT: {
      read: async ({ destinationId }) => {
        const view = await destination.object(dealType, destinationId);
        return view && current(objectDigest(view), change => objectFieldsNotRestored(change, view));
      },
      write: object =>
        object.action === 'RESTORE'
          ? restoreDeal(context, object)
          : again(context, () => destination.deleteObject(dealType, object.destinationId)).then(gone),
    },
    ARTICLE: {
      read: async ({ destinationId, change }) => {
        const view = await destination.article(destinationId, change.isInternal === true);
        return view && current(articleDigest(view));
      },
      write: async ({ destinationId, change }) => {
        for (const redirect of await redirects(destinationId, change.redirects ?? []))
          await again(context, () => rollback.deleteRedirect(redirect.centerId, redirect.id));
        return again(context, () => rollback.deleteArticle(destinationId, change.isInternal === true)).then(gone);
      },
    },
    COLLECTION: {
      read: async ({ destinationId }) => {
        const view = await destination.collection(destinationId);
        return view && current(collectionDigest(view));
      },
      write: ({ destinationId }) => again(context, () => rollback.deleteCollection(destinationId)).then(gone),
    },
    CONTACT: {
      read: async ({ destinationId }) => {
        const view = await destination.contact(destinationId);
        return view && current(contactDigest(view, deals), change => notRestored(change, view));
      },
      write: object => (object.action === 'RESTORE' ? restoreContact(context, object) : archiveContact(context, object)),
    },
    COMPANY: {
      read: async ({ destinationId, action }) => {
        const view = await destination.company(destinationId);
        if (!view) return null;
        const notes = action === 'DELETE' ? await countNotesOfOthers(context, 'company', destinationId) : 0;
        return current(companyDigest(view, notes), change => notRestored(change, view));
      },
      write: object =>
        object.action === 'RESTORE'
          ? restoreCompany(context, object)
          : again(context, () => rollback.deleteCompany(object.destinationId)).then(gone),
    },
    TAG: {
      read: async ({ destinationId }) => {
        tags ??= tagsNow();
        const name = (await tags).get(destinationId);
        return name === undefined ? null : current(namedDigest({ id: destinationId, name }));
      },
      // The restoration of each adopted object removes its tag.
      write: ({ destinationId, action }) =>
        action === 'RESTORE' ? gone() : again(context, () => rollback.deleteTag(destinationId)).then(gone),
    },
    ATTRIBUTE: {
      read: async ({ destinationId }) => {
        attributes ??= destination.attributes();
        const found = (await attributes).find(({ model, id, archived }) => !archived && `${model} ${id}` === destinationId);
        return found ? current(attributeDigest(found)) : null;
      },
      write: ({ destinationId }) => again(context, () => rollback.archiveAttribute(destinationId.split(' ')[1]!)).then(gone),
    },
  };
}

function objectFieldsNotRestored({ object }: PlannedChange, view: ObjectView): string[] {
  if (!object) return [];
  const times = (['externalCreatedAt', 'externalUpdatedAt'] as const).filter(name => view[name] !== object[name]);
  const attributes = Object.entries(object.attributes).filter(([name, was]) => (view.attributes[name] ?? null) !== was);
  return [...times, ...attributes.map(([name]) => name)];
}

async function restoreDeal(context: RollbackWork, { destinationId, change }: StoredObject): Promise<string | null> {
  const object = change.object!;
  await again(context, () => context.destination.rollback.restoreObject(dealType, object));
  const view = await context.destination.object(dealType, destinationId);
  // It is not documented whether a missing time clears an existing one.
  return remaining(view ? objectFieldsNotRestored(change, view).filter(name => object[name as 'key'] === null) : []);
}

async function archiveContact(context: RollbackWork, { destinationId }: StoredObject): Promise<null> {
  await again(context, () => context.destination.rollback.archiveContact(destinationId));
  return null;
}

const remaining = (fields: readonly string[]) => (fields.length > 0 ? `Intercom does not restore: ${fields.join(', ')}.` : null);

async function restoreContact(context: RollbackWork, { destinationId, change }: StoredObject): Promise<string | null> {
  const { rollback } = context.destination;
  const { fields = {}, attributes = {}, untag = [], detach = [], archive } = change;
  const refused = await again(context, () => rollback.setContactFields(destinationId, fields, attributes));
  for (const tag of untag) await again(context, () => rollback.untagContact(destinationId, tag));
  for (const company of detach) await again(context, () => rollback.detachCompany(destinationId, company));
  // An archived contact cannot be read.
  const left = archive ? await context.destination.contact(destinationId) : null;
  if (archive) await again(context, () => rollback.archiveContact(destinationId));
  return remaining([...new Set([...refused, ...(left ? notRestored(change, left) : [])])]);
}

async function restoreCompany(context: RollbackWork, { destinationId, change }: StoredObject): Promise<string | null> {
  const { rollback } = context.destination;
  const { fields = {}, attributes = {}, untag = [] } = change;
  const refused = await again(context, () => rollback.setCompanyFields(destinationId, fields, attributes));
  for (const tag of untag) await again(context, () => rollback.untagCompany(destinationId, tag));
  return remaining(refused);
}
