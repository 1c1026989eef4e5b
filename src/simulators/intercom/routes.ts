import {
  addOption,
  archiveConversationAttribute,
  createConversationAttribute,
  createDataAttribute,
  listConversationAttributes,
  listDataAttributes,
  updateDataAttribute,
} from './attributes.js';
import { companyById, companyView, deleteCompany, listCompanies, updateCompany, upsertCompany } from './companies.js';
import {
  attachCompany,
  contactByExternalId,
  contactById,
  contactView,
  createContact,
  deleteContact,
  detachCompany,
  listContactCompanies,
  listContactTags,
  setArchived,
  updateContact,
} from './contacts.js';
import {
  addParticipant,
  conversationById,
  conversationView,
  createConversation,
  deleteConversation,
  manage,
  removeParticipant,
  reply,
  updateConversation,
} from './conversations.js';
import { deleteInstance, findInstances, instanceById, upsertInstance } from './custom-objects.js';
import { notFound } from './errors.js';
import {
  article,
  collection,
  createArticle,
  createCollection,
  createRedirect,
  deleteArticle,
  deleteCollection,
  deleteRedirect,
  listArticles,
  listCollections,
  listHelpCenters,
  listRedirects,
  updateArticle,
  updateCollection,
} from './help-center.js';
import {
  createInternalArticle,
  deleteInternalArticle,
  internalArticle,
  listInternalArticles,
  updateInternalArticle,
} from './internal-articles.js';
import { addNote, listNotes } from './notes.js';
import { cursorOf, page, searchContacts, searchConversations } from './search.js';
import { applyTag, createTag, deleteTag, listTags } from './tags.js';
import type { Json, Workspace } from './workspace.js';

interface Request {
  ids: string[];
  query: URLSearchParams;
  body: Json;
}
type Handler = (w: Workspace, request: Request) => Json | Promise<Json>;

/** The API, one line per call. `:` is an id. The first matching route answers. */
const routes: [method: string, path: string, handler: Handler][] = [
  ['GET', '/me', w => me(w)],
  ['GET', '/admins', w => ({ type: 'admin.list', admins: w.admins.map(admin => adminView(w, admin)) })],
  ['GET', '/teams', w => ({ type: 'team.list', teams: w.teams.map(team => ({ type: 'team', ...team })) })],
  ['GET', '/tags', w => listTags(w)],
  ['POST', '/tags', (w, { body }) => createTag(w, body)],
  ['DELETE', '/tags/:', (w, { ids }) => deleteTag(w, ids[0]!)],
  ['GET', '/data_attributes', (w, { query }) => listDataAttributes(w, query)],
  ['POST', '/data_attributes', (w, { body }) => createDataAttribute(w, body)],
  ['PUT', '/data_attributes/:', (w, { ids, body }) => updateDataAttribute(w, ids[0]!, body)],
  ['GET', '/conversations/attributes', (w, { query }) => listConversationAttributes(w, query)],
  ['POST', '/conversations/attributes', (w, { body }) => createConversationAttribute(w, body)],
  ['POST', '/conversations/attributes/:/options', (w, { ids, body }) => addOption(w, ids[0]!, body)],
  ['DELETE', '/conversations/attributes/:', (w, { ids }) => archiveConversationAttribute(w, ids[0]!)],
  ['GET', '/companies', (w, { query }) => listCompanies(w, query)],
  ['POST', '/companies', (w, { body }) => upsertCompany(w, body)],
  ['GET', '/companies/:', (w, { ids }) => companyView(w, companyById(w, ids[0]!))],
  ['PUT', '/companies/:', (w, { ids, body }) => updateCompany(w, ids[0]!, body)],
  ['GET', '/companies/:/notes', (w, { ids, query }) => listNotes('company', companyById(w, ids[0]!), query)],
  ['POST', '/companies/:/notes', (w, { ids, body }) => addNote(w, 'company', companyById(w, ids[0]!), body)],
  ['DELETE', '/companies/:', (w, { ids }) => deleteCompany(w, ids[0]!)],
  ['POST', '/contacts/search', (w, { body }) => searchContacts(w, body)],
  ['GET', '/contacts/find_by_external_id/:', (w, { ids }) => contactByExternalId(w, ids[0]!)],
  ['GET', '/contacts', (w, { query }) => listContacts(w, query)],
  ['POST', '/contacts', (w, { body }) => createContact(w, body)],
  ['GET', '/contacts/:', (w, { ids }) => contactView(w, contactById(w, ids[0]!))],
  ['PUT', '/contacts/:', (w, { ids, body }) => updateContact(w, ids[0]!, body)],
  ['DELETE', '/contacts/:', (w, { ids }) => deleteContact(w, ids[0]!)],
  ['POST', '/contacts/:/archive', (w, { ids }) => setArchived(w, ids[0]!, true)],
  ['POST', '/contacts/:/unarchive', (w, { ids }) => setArchived(w, ids[0]!, false)],
  ['GET', '/contacts/:/companies', (w, { ids, query }) => listContactCompanies(w, ids[0]!, query)],
  ['POST', '/contacts/:/companies', (w, { ids, body }) => attachCompany(w, ids[0]!, body)],
  ['DELETE', '/contacts/:/companies/:', (w, { ids }) => detachCompany(w, ids[0]!, ids[1]!)],
  ['GET', '/contacts/:/notes', (w, { ids, query }) => listNotes('contact', contactById(w, ids[0]!), query)],
  ['POST', '/contacts/:/notes', (w, { ids, body }) => addNote(w, 'contact', contactById(w, ids[0]!), body)],
  ['GET', '/contacts/:/tags', (w, { ids }) => listContactTags(w, ids[0]!)],
  ['POST', '/contacts/:/tags', (w, { ids, body }) => applyTag(w, contactById(w, ids[0]!), body.id)],
  ['DELETE', '/contacts/:/tags/:', (w, { ids }) => applyTag(w, contactById(w, ids[0]!), ids[1], false)],
  ['POST', '/custom_object_instances/:', (w, { ids, body }) => upsertInstance(w, ids[0]!, body)],
  ['GET', '/custom_object_instances/:', (w, { ids, query }) => findInstances(w, ids[0]!, query)],
  ['DELETE', '/custom_object_instances/:', (w, { ids, query }) => deleteInstance(w, ids[0]!, null, query)],
  ['GET', '/custom_object_instances/:/:', (w, { ids }) => instanceById(w, ids[0]!, ids[1]!)],
  ['DELETE', '/custom_object_instances/:/:', (w, { ids, query }) => deleteInstance(w, ids[0]!, ids[1]!, query)],
  ['GET', '/help_center/help_centers', (w, { query }) => listHelpCenters(w, query)],
  ['GET', '/help_center/help_centers/:/redirects', (w, { ids, query }) => listRedirects(w, ids[0]!, query)],
  ['POST', '/help_center/help_centers/:/redirects', (w, { ids, body }) => createRedirect(w, ids[0]!, body)],
  ['DELETE', '/help_center/help_centers/:/redirects/:', (w, { ids }) => deleteRedirect(w, ids[0]!, ids[1]!)],
  ['GET', '/help_center/collections', (w, { query }) => listCollections(w, query)],
  ['POST', '/help_center/collections', (w, { body }) => createCollection(w, body)],
  ['GET', '/help_center/collections/:', (w, { ids }) => collection(w, ids[0]!)],
  ['PUT', '/help_center/collections/:', (w, { ids, body }) => updateCollection(w, ids[0]!, body)],
  ['DELETE', '/help_center/collections/:', (w, { ids }) => deleteCollection(w, ids[0]!)],
  ['GET', '/articles', (w, { query }) => listArticles(w, query)],
  ['POST', '/articles', (w, { body }) => createArticle(w, body)],
  ['GET', '/articles/:', (w, { ids }) => article(w, ids[0]!)],
  ['PUT', '/articles/:', (w, { ids, body }) => updateArticle(w, ids[0]!, body)],
  ['DELETE', '/articles/:', (w, { ids }) => deleteArticle(w, ids[0]!)],
  ['GET', '/internal_articles', (w, { query }) => listInternalArticles(w, query)],
  ['POST', '/internal_articles', (w, { body }) => createInternalArticle(w, body)],
  ['GET', '/internal_articles/:', (w, { ids }) => internalArticle(w, ids[0]!)],
  ['PUT', '/internal_articles/:', (w, { ids, body }) => updateInternalArticle(w, ids[0]!, body)],
  ['DELETE', '/internal_articles/:', (w, { ids }) => deleteInternalArticle(w, ids[0]!)],
  ['GET', '/brands', w => ({ type: 'list', data: w.brands })],
  ['GET', '/emails', w => ({ type: 'list', data: w.emails })],
  ['POST', '/conversations/search', (w, { body }) => searchConversations(w, body)],
  [
    'GET',
    '/conversations/deleted',
    w => ({
      type: 'conversations.list',
      conversations: w.deletedConversations,
      total_count: w.deletedConversations.length,
    }),
  ],
  ['GET', '/conversations', (w, { query }) => listConversations(w, query)],
  ['POST', '/conversations', (w, { body }) => createConversation(w, body)],
  ['GET', '/conversations/:', (w, { ids }) => conversationView(w, conversationById(w, ids[0]!))],
  ['PUT', '/conversations/:', (w, { ids, body }) => updateConversation(w, ids[0]!, body)],
  ['DELETE', '/conversations/:', (w, { ids, query }) => deleteConversation(w, ids[0]!, query)],
  ['POST', '/conversations/:/reply', (w, { ids, body }) => reply(w, ids[0]!, body)],
  ['POST', '/conversations/:/parts', (w, { ids, body }) => manage(w, ids[0]!, body)],
  ['POST', '/conversations/:/tags', (w, { ids, body }) => applyTag(w, conversationById(w, ids[0]!), body.id)],
  ['DELETE', '/conversations/:/tags/:', (w, { ids }) => applyTag(w, conversationById(w, ids[0]!), ids[1], false)],
  ['POST', '/conversations/:/customers', (w, { ids, body }) => addParticipant(w, ids[0]!, body)],
  ['DELETE', '/conversations/:/customers/:', (w, { ids }) => removeParticipant(w, ids[0]!, ids[1]!)],
];

const compiled = routes.map(([method, path, handler]) => ({ method, segments: path.split('/').slice(1), handler }));

/** @throws ApiError */
export function answer(w: Workspace, method: string, path: string, query: URLSearchParams, body: Json): Json | Promise<Json> {
  const requested = path.split('/').slice(1).map(decodeURIComponent);
  for (const { method: wanted, segments, handler } of compiled) {
    if (wanted !== method || segments.length !== requested.length) continue;
    if (!segments.every((segment, index) => segment === ':' || segment === requested[index])) continue;
    return handler(w, { ids: requested.filter((_, index) => segments[index] === ':'), query, body });
  }
  throw notFound('Resource');
}

const adminView = (w: Workspace, { id, name, email }: Workspace['admins'][number]): Json => ({
  type: 'admin',
  id,
  name,
  email,
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: true,
  team_ids: w.teams.filter(team => team.admin_ids.includes(Number(id))).map(team => Number(team.id)),
});

function me(w: Workspace): Json {
  const { app } = w;
  return {
    ...adminView(w, w.admins.at(-1)!),
    email_verified: true,
    app: { type: 'app', ...app, created_at: 1_600_000_000, identity_verification: false },
  };
}

function listContacts(w: Workspace, query: URLSearchParams): Json {
  const alive = [...w.contacts.values()].filter(contact => !contact.archived);
  return page(alive, cursorOf(query), 50, items => ({ type: 'list', data: items.map(item => contactView(w, item)) }));
}

function listConversations(w: Workspace, query: URLSearchParams): Json {
  const all = [...w.conversations.values()];
  return page(all, cursorOf(query), 20, items => ({
    type: 'conversation.list',
    conversations: items.map(item => conversationView(w, item, false)),
  }));
}
