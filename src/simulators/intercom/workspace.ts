import { randomBytes } from 'node:crypto';
import type { IntercomSettings } from './settings.js';

// biome-ignore lint/suspicious/noExplicitAny: a simulated workspace holds whatever JSON it was given.
export type Json = Record<string, any>;

export interface Admin {
  id: string;
  name: string;
  email: string;
}

export interface Attribute {
  id: number;
  name: string;
  model: 'contact' | 'company' | 'conversation';
  data_type: string;
  options: string[];
  archived: boolean;
}

export interface Company {
  id: string;
  company_id: string;
  fields: Json;
  custom_attributes: Json;
  tags: Set<string>;
  contacts: Set<string>;
  notes: Note[];
  created_at: number;
  updated_at: number;
  archived: boolean;
}

export interface Note {
  id: string;
  body: string;
  admin_id: string | null;
  created_at: number;
}

export interface Contact {
  id: string;
  role: 'user' | 'lead';
  external_id: string | null;
  email: string | null;
  phone: string | null;
  name: string | null;
  owner_id: string | null;
  signed_up_at: number | null;
  last_seen_at: number | null;
  unsubscribed_from_emails: boolean;
  custom_attributes: Json;
  companies: Set<string>;
  tags: Set<string>;
  notes: Note[];
  created_at: number;
  updated_at: number;
  archived: boolean;
  /** Deleted. For some days it can be neither restored nor created again. */
  deleted: boolean;
  blocked: boolean;
}

export interface Part {
  id: string;
  part_type: string;
  body: string | null;
  created_at: number;
  author: { type: string; id: string; name: string | null; email: string | null };
  attachments: Json[];
  assigned_to: Json | null;
  app_package_code: string | null;
}

export interface Conversation {
  id: string;
  source: { id: string; body: string; author: Part['author'] };
  title: string | null;
  created_at: number;
  updated_at: number;
  state: 'open' | 'closed' | 'snoozed';
  snoozed_until: number | null;
  read: boolean;
  admin_assignee_id: number;
  team_assignee_id: number;
  company: string | null;
  custom_attributes: Json;
  contacts: Set<string>;
  tags: Set<string>;
  parts: Part[];
}

/** A type of custom objects: its attributes with their formats, and the contact attribute that refers to it. */
export interface ObjectType {
  name: string;
  attributes: Record<string, string>;
  /** Of the lists; a list without an entry takes any text. */
  options?: Record<string, string[]>;
  contactReference: string;
}

export interface ObjectInstance {
  id: string;
  external_id: string;
  external_created_at: number | null;
  external_updated_at: number | null;
  created_at: number;
  updated_at: number;
  custom_attributes: Json;
}

export interface Collection {
  id: string;
  name: string;
  description: string | null;
  parent_id: string | null;
  help_center_id: number;
  order: number;
  created_at: number;
  translated_content: Json;
}

export interface ArticleContent {
  title: string;
  description: string;
  body: string;
  author_id: number;
  state: string;
}

export interface Article {
  id: string;
  parent_id: string | null;
  created_at: number;
  updated_at: number;
  /** By locale. */
  content: Record<string, ArticleContent>;
}

export interface InternalArticle {
  id: string;
  title: string;
  body: string;
  author_id: number;
  owner_id: number;
  locale: string;
  created_at: number;
  updated_at: number;
}

/** The content of an Intercom workspace, in memory. */
export class Workspace {
  readonly app = { id_code: randomBytes(4).toString('hex'), name: 'Ege Destek', region: 'EU', timezone: 'Europe/Istanbul' };
  admins: Admin[] = [
    { id: '7001', name: 'Ayşe Yılmaz', email: 'ayse@ege.example' },
    { id: '7002', name: 'Landfall', email: 'migration@ege.example' },
  ];
  teams: { id: string; name: string; admin_ids: number[] }[] = [{ id: '9101', name: 'Destek', admin_ids: [7001] }];
  readonly tags = new Map<string, { id: string; name: string }>();
  readonly attributes: Attribute[] = [];
  readonly companies = new Map<string, Company>();
  readonly contacts = new Map<string, Contact>();
  readonly conversations = new Map<string, Conversation>();
  objectTypes: ObjectType[] = [];
  readonly objectInstances = new Map<string, Map<string, ObjectInstance>>();
  helpCenters = [
    {
      id: '1201',
      identifier: 'ege',
      display_name: 'Ege',
      url: 'https://help.ege.example',
      custom_domain: 'help.ege.example',
      website_turned_on: true,
      default: true,
      default_locale: 'tr',
      locales: ['tr', 'en'],
    },
  ];
  readonly collections = new Map<string, Collection>();
  readonly articles = new Map<string, Article>();
  readonly internalArticles = new Map<string, InternalArticle>();
  readonly redirects: Json[] = [];
  /** By address. */
  readonly images = new Map<string, { url: string; bytes: Buffer }>();
  brands: Json[] = [{ type: 'brand', id: '1', name: 'Ege', is_default: true, help_center_id: '1201' }];
  emails: Json[] = [
    {
      type: 'email_setting',
      id: '1',
      email: 'destek@ege.example',
      verified: true,
      domain: 'ege.example',
      brand_id: '1',
      forwarding_enabled: false,
    },
  ];
  readonly deletedConversations: { id: string; metrics_retained: boolean; deleted_at: number }[] = [];
  /** Objects by key. Every function that writes objects updates it. */
  readonly index = {
    companyId: new Map<string, Company>(),
    externalId: new Map<string, Contact>(),
    email: new Map<string, Contact>(),
  };
  /** Number of notifications: by writes that could have been silent, and by writes that cannot be. */
  readonly notifications = { avoidable: 0, unavoidable: 0 };
  private lastId = 400_000;
  private readonly indexed = new WeakMap<object, { visibleAt: number; updatedAt: number }[]>();

  constructor(readonly settings: IntercomSettings) {}

  readonly now = () => Math.floor(Date.now() / 1000);

  id(): string {
    return String(++this.lastId);
  }

  hexId(): string {
    return randomBytes(12).toString('hex');
  }

  admin(id: unknown): Admin | undefined {
    return this.admins.find(admin => admin.id === String(id));
  }

  /** Records a change, which searches find only after the lag. */
  touch(object: { updated_at: number }): void {
    object.updated_at = this.now();
    const history = this.indexed.get(object) ?? [];
    history.push({ visibleAt: Date.now() + this.settings.searchLagMs, updatedAt: object.updated_at });
    this.indexed.set(object, history.slice(-6));
  }

  /** The object's `updated_at` in the search index; null if the index does not have it yet. */
  searchableUpdatedAt(object: object): number | null {
    const known = (this.indexed.get(object) ?? []).filter(({ visibleAt }) => visibleAt <= Date.now());
    return known.at(-1)?.updatedAt ?? null;
  }

  /** The whole content, for tests. */
  toJSON(): Json {
    const plain = (object: object) =>
      Object.fromEntries(Object.entries(object).map(([name, value]) => [name, value instanceof Set ? [...value] : value]));
    return {
      app: this.app,
      admins: this.admins,
      teams: this.teams,
      tags: [...this.tags.values()],
      attributes: this.attributes,
      companies: [...this.companies.values()].map(plain),
      contacts: [...this.contacts.values()].map(plain),
      conversations: [...this.conversations.values()].map(plain),
      objectTypes: this.objectTypes,
      objectInstances: Object.fromEntries([...this.objectInstances].map(([name, all]) => [name, [...all.values()]])),
      helpCenters: this.helpCenters,
      collections: [...this.collections.values()],
      articles: [...this.articles.values()],
      internalArticles: [...this.internalArticles.values()],
      redirects: this.redirects,
      brands: this.brands,
      emails: this.emails,
      deletedConversations: this.deletedConversations,
      notifications: this.notifications,
    };
  }
}
