/** A value of an attribute, or of a field. */
export type FieldValue = string | number | boolean;
export type AttributeValues = Record<string, FieldValue>;

/** A value that could not arrive unchanged. It is reported with the record. */
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
    /** The source has no value: the default of the mapping is written. */
    | 'DEFAULTED'
    /** A field or a tag that appeared at the source after the mapping was confirmed. It is not loaded. */
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
  /** Whether it counts as lossy in the reconciliation. Otherwise it is a known normalisation. */
  lossy: boolean;
}

interface Draft {
  sourceId: string;
  losses: Loss[];
  /** Path at the source → target of its value: `name`, or `attributes.infoset_status`. */
  fields: Record<string, string>;
  attributes: AttributeValues;
  tags: string[];
  /** The whole values that were cut, for a note; null if there are none. */
  note: string | null;
}

/** References are ids of the source until the load. */
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
  /** Other records with the same address. They become this contact too. */
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
  /** The contact it is linked to; null if there is none or it is unknown. */
  contact: string | null;
  /** Unix seconds. */
  externalCreatedAt: number | null;
  externalUpdatedAt: number | null;
  /** A summary in one line, for a workspace without a Deal type. */
  summary: string;
}

export interface CategoryDraft extends Draft {
  parent: string | null;
  /** 0 at the top. */
  level: number;
  /** Its position among its siblings. */
  place: number;
  name: string;
  description: string | null;
  translations: { language: string; name: string; description: string | null }[];
}

export interface ArticleDraft extends Draft {
  isInternal: boolean;
  /** Its position in its category. */
  place: number;
  /** null: the placeholder teammate. */
  author: string | null;
  category: string | null;
  /** The main language first. HTML with symbolic images and links. */
  contents: { language: string; title: string; html: string; published: boolean; url: string | null }[];
  images: { id: string; sha256: string; contentType: string }[];
  createdAt: number | null;
}

/** The author of a part. */
export type Author =
  | { kind: 'CONTACT'; id: string }
  | { kind: 'AGENT'; id: string }
  /** Used for deleted people, bots and unknown contacts. */
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
  /** The records in it: one message, several system logs, or none (the text of the ticket itself). */
  messages: string[];
  /** Whether it only carries files that did not fit into the part before. */
  continues: boolean;
  /** Calls that it describes. */
  calls: string[];
  /** Calls whose recording in the package it names. */
  recordings: string[];
  files: FileDraft[];
  /** Files that cannot be sent. The text names them and the package contains them. */
  kept: FileDraft[];
  author: Author;
  type: 'comment' | 'note';
  /** Unix seconds. */
  createdAt: number;
  /** Of a note of several system logs: the time of each. */
  times?: number[];
  /** Safe HTML; or plain text, if the destination shows markup as text. */
  html: string;
  plain: boolean;
  charactersRemoved: boolean;
}

export interface ConversationDraft extends Draft {
  contact: string | null;
  company: string | null;
  title: string | null;
  /** The plain text with which the contact opens it, and the message it is made from, if any. */
  opening: { body: string; createdAt: number; part: PartDraft | null };
  parts: PartDraft[];
  team: string | null;
  assigneeAgents: string[];
  /** Its final state. */
  state: 'open' | 'closed' | 'snoozed';
}

export interface Drafts {
  COMPANY: CompanyDraft;
  CONTACT: ContactDraft;
  DEAL: DealDraft;
  CATEGORY: CategoryDraft;
  ARTICLE: ArticleDraft;
  TICKET: ConversationDraft;
  /** A call without a ticket. It becomes a conversation. */
  CALL: ConversationDraft;
}
export type DraftType = keyof Drafts;
