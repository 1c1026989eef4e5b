import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical-json.js';
import type { ArticleView, CollectionView } from '../model/help-center.js';
import type { DestinationAttribute } from '../ports/destination.js';
import type { CompanyView, ContactView, ConversationView, ObjectView } from '../ports/destination-records.js';
import { readText } from '../text/html-text.js';
import { filled } from './plan.js';

/** A digest of what a person could have changed. Changes that the rollback itself makes earlier are left out. */
const digestOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

export const conversationDigest = ({ openingBody, parts, ...view }: ConversationView) =>
  digestOf({
    ...view,
    tags: view.tags.toSorted(),
    contactIds: view.contactIds.toSorted(),
    openingBody: readText(openingBody),
    // Addresses of files expire, so bodies are not compared: a part can't be changed.
    parts: parts.map(({ id, type, createdAt }) => [id, type, createdAt]),
  });

/** @param ours ids of deals that the rollback removes from it */
export const contactDigest = ({ references, ...view }: ContactView, ours: ReadonlySet<string>) =>
  digestOf({
    ...view,
    attributes: filled(view.attributes),
    tags: view.tags.toSorted(),
    companies: view.companies.toSorted(),
    references: Object.values(references)
      .flat()
      .filter(id => !ours.has(id))
      .sort(),
  });

/** @param notesOfOthers how many notes Landfall did not write, on a company that will be deleted */
export const companyDigest = ({ contactCount: _, ...view }: CompanyView, notesOfOthers: number) =>
  digestOf({
    ...view,
    notesOfOthers: Math.min(notesOfOthers, Number.MAX_SAFE_INTEGER),
    attributes: filled(view.attributes),
    tags: view.tags.toSorted(),
  });

export const objectDigest = (view: ObjectView) => digestOf({ ...view, attributes: filled(view.attributes) });

export const articleDigest = ({ id, authorId, parentIds, main, translations }: ArticleView) => {
  const text = ({ title, html, published }: ArticleView['main']) => [title, readText(html), published];
  const others = Object.entries(translations).map(([locale, each]) => [locale, text(each)]);
  return digestOf({ id, authorId, parentIds, main: text(main), others });
};

export const collectionDigest = ({ id, name, description, parentId, translations }: CollectionView) =>
  digestOf({ id, name, description, parentId, translations });

export const namedDigest = (object: object) => digestOf(object);

export const attributeDigest = ({ id, name, model }: Pick<DestinationAttribute, 'id' | 'name' | 'model'>) =>
  namedDigest({ id, name, model });
