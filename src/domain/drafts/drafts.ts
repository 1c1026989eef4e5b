/** A value of an attribute, or of a field. */
export type FieldValue = string | number | boolean;
export type AttributeValues = Record<string, FieldValue>;

/** What could not arrive as it is, told with the record. */
export interface Loss {
  /** Path at the source. */
  field: string;
  code:
    | 'TOO_LONG'
    | 'VALUE_REFUSED'
    | 'PHONE_REFUSED'
    | 'EMAIL_REFUSED'
    | 'CHARACTERS_REMOVED'
    | 'NORMALISED'
    /** A field or a tag that the source has shown since the mapping was confirmed: it does not move. */
    | 'NOT_MAPPED'
    | 'OWNER_GONE'
    | 'CONTACT_GONE'
    | 'FOLDED'
    | 'CIRCLE_CUT'
    | 'PARENT_GONE'
    | 'IMAGE_REMOVED'
    | 'CONTENT_REMOVED'
    | 'LOCALE_NOT_ENABLED'
    | 'DUPLICATE_MERGED';
  /** Whether it is worth a line in the reconciliation as lossy; else it is a known normalisation. */
  lossy: boolean;
}

interface Draft {
  sourceId: string;
  losses: Loss[];
  /** Path at the source → where its value went: `name`, or `attributes.infoset_status`. */
  fields: Record<string, string>;
  attributes: AttributeValues;
  tags: string[];
  /** Whole values that were cut, for a note; null where there is none. */
  note: string | null;
}

/** References stay symbolic until load: ids of the source. */
export interface CompanyDraft extends Draft {
  key: string;
  name: string | null;
  website: string | null;
  industry: string | null;
  size: number | null;
  remoteCreatedAt: number | null;
}

export interface ContactDraft extends Draft {
  key: string;
  /** Other records with the same address, which become this contact too. */
  merged: string[];
  name: string | null;
  email: string | null;
  phone: string | null;
  signedUpAt: number | null;
  ownerAgent: string | null;
  companies: string[];
}

export interface DealDraft extends Draft {
  key: string;
  /** Who it is linked to; null where there is none, or none that is known. */
  contact: string | null;
  /** Unix seconds. */
  externalCreatedAt: number | null;
  externalUpdatedAt: number | null;
  /** One line that says what it is, for a workspace without a Deal type. */
  summary: string;
}

export interface CategoryDraft extends Draft {
  parent: string | null;
  /** 0 at the top. */
  level: number;
  /** Among its siblings. */
  place: number;
  name: string;
  description: string | null;
  translations: { language: string; name: string; description: string | null }[];
}

export interface ArticleDraft extends Draft {
  isInternal: boolean;
  /** Among those of its category. */
  place: number;
  /** null: the placeholder. */
  author: string | null;
  category: string | null;
  /** Its own language first. HTML with symbolic images and links. */
  contents: { language: string; title: string; html: string; published: boolean; url: string | null }[];
  images: { id: string; sha256: string; contentType: string }[];
  createdAt: number | null;
}

/** Who is credited with a part. */
export type Author =
  | { kind: 'CONTACT'; id: string }
  | { kind: 'AGENT'; id: string }
  /** Anyone who stands in for people that are gone, for bots, and for contacts that nobody knows. */
  | { kind: 'PLACEHOLDER_CONTACT' }
  | { kind: 'PLACEHOLDER_TEAMMATE' };

/** A file that is sent with a part. */
export interface FileDraft {
  id: string;
  sha256: string;
  name: string;
  contentType: string;
  byteSize: number;
}

export interface PartDraft {
  /** What becomes of it in the crosswalk: one message, several system logs, or the text of the ticket itself (none). */
  messages: string[];
  /** Whether it only carries files that the part before could not. */
  continues: boolean;
  /** Calls whose facts it holds. */
  calls: string[];
  /** Calls whose recording in the package it points to. */
  recordings: string[];
  files: FileDraft[];
  /** Files that can't be sent: named in the text, and kept in the package. */
  kept: FileDraft[];
  author: Author;
  type: 'comment' | 'note';
  /** Unix seconds. */
  createdAt: number;
  /** Of a note of several system logs: the time of each. */
  times?: number[];
  /** Safe HTML; or plain text, where the destination shows markup as text. */
  html: string;
  plain: boolean;
  charactersRemoved: boolean;
}

export interface ConversationDraft extends Draft {
  contact: string | null;
  company: string | null;
  title: string | null;
  /** Plain text by which the contact opens it, and the message that this is, if it is one. */
  opening: { body: string; createdAt: number; part: PartDraft | null };
  parts: PartDraft[];
  team: string | null;
  assigneeAgents: string[];
  /** What it is in the end. */
  state: 'open' | 'closed' | 'snoozed';
}

export interface Drafts {
  COMPANY: CompanyDraft;
  CONTACT: ContactDraft;
  DEAL: DealDraft;
  CATEGORY: CategoryDraft;
  ARTICLE: ArticleDraft;
  TICKET: ConversationDraft;
  /** A call without a ticket: a conversation of its own. */
  CALL: ConversationDraft;
}
export type DraftType = keyof Drafts;
