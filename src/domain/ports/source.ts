import type { RecordType } from '../model/record-type.js';
import type { Secret } from '../model/secret.js';
import type { StoredBlob } from './blob-store.js';

/**
 * What a source lists. SINGLE: one object. PAGES: by page number. CHILDREN: pages for each record of another listing.
 * DETAILS: one by one, for each that another listing refers to.
 */
export interface SourceListing {
  name: string;
  recordType: RecordType | null;
  shape: 'SINGLE' | 'PAGES' | 'CHILDREN' | 'DETAILS';
  /** CHILDREN: the listing of the parents. DETAILS: the listing whose records refer to it. */
  of?: string;
  /** Whether it is known to exist; one that is assumed may be refused without anything being wrong. */
  observed: boolean;
  /** Whether one record can be asked for by its id. */
  byId: boolean;
  /** Whether it can be asked for what changed since an instant. */
  since: boolean;
}

/** A record as it came, and what is known of it without understanding it. */
export interface SourceRecord {
  /** As the source has it; for a record without an id, a digest of its text. */
  id: string;
  /** The exact JSON text. */
  raw: string;
  parentId: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  channel: string | null;
  /** What it refers to, as `listing:id`. */
  references: string[];
  tags: string[];
  /** Whether nothing can be done with it, for its id can't be used: it is kept as it came, and no more. */
  skipped: boolean;
  problems: RecordProblem[];
}

/** What is wrong with one record, while its neighbours go on. */
export interface RecordProblem {
  code:
    | 'RECORD_WITHOUT_ID'
    | 'ID_UNUSABLE'
    | 'RECORD_REFUSED'
    | 'FIELD_ALTERED'
    | 'CHARACTERS_REMOVED'
    | 'CUSTOM_FIELDS_UNREADABLE'
    | 'DATE_UNREADABLE';
  /** What tells it apart from others of the record; the message where there is none. */
  about?: string;
  /** The id that the issue names, where it is not the record's own. */
  sourceId?: string;
  message: string;
  hint: string;
}

export interface SourcePage {
  records: SourceRecord[];
  /** How many there are in all; null where the source does not say. */
  total: number | null;
  /** The source's clock. */
  at: Date;
}

export interface SourcePlan {
  code: string;
  chatHistoryRetentionDays: number | null;
  mailAccountLimit: number | null;
  chatWidgetLimit: number | null;
  recordingDownload: boolean | null;
}

/** What a source is reached by. */
export interface SourceAccess {
  baseUrl: string;
  secret: Secret;
  options: Record<string, unknown>;
}

/**
 * Opens a source; the composition root knows which.
 * @param handlers `signal` ends its calls, `onLimit` is told when the source's limit makes it wait
 */
export type OpenSource = (
  access: SourceAccess,
  handlers: { signal: AbortSignal; onLimit?: (ms: number) => void | Promise<void> },
) => Source;

/** How a probe of the credentials went. */
export interface ProbeResult {
  ok: boolean;
  /** What is wrong and what to do, where it is not ok. */
  detail: string | null;
  /** Which account this is; null where it does not say. */
  workspaceId: string | null;
  workspaceName: string | null;
}

/** A helpdesk account that is read. Its calls retry what is transient and throw CallFailure for the rest. */
export interface Source {
  readonly listings: readonly SourceListing[];
  /** How many calls were sent so far, retries included. */
  readonly calls: number;
  probe(): Promise<ProbeResult>;
  plan(): Promise<SourcePlan>;
  /** How many records a page holds, unless it is asked for another number. */
  readonly pageSize: number;
  /**
   * @param parentId of a CHILDREN listing
   * @param since only what was updated since
   * @throws CallFailure TOO_LARGE for a page that must be asked for in smaller ones
   */
  page(listing: SourceListing, page: number, about?: { size?: number; parentId?: string; since?: Date }): Promise<SourcePage>;
  /** One number, without the records. */
  count(listing: SourceListing, since?: Date): Promise<{ total: number | null; at: Date }>;
  /**
   * A file by the address that a record gives it; `keep` takes its bytes. Where they break off, they go on behind the last
   * one; where that is not possible, `keep` is called again. Credentials go to the source's own host alone.
   * @param about size and type as the record tells them; null and '' where it does not. TRUNCATED where less comes, NOT_JSON where
   *   a page or an error in JSON comes instead; RATE_LIMITED at once where its host's limit is spent and it may not wait
   */
  file(
    url: string,
    about: { size: number | null; contentType: string; mayWait?: boolean },
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }>;
  /** Which host a file lies on, by its address; '' for one that is none. */
  hostOf(url: string): { name: string; isOwn: boolean };
  /** The recording of a call, kept in the same way. @throws CallFailure TRUNCATED where it never comes whole */
  recording(
    callId: string,
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }>;
  /** One object: of a SINGLE, a DETAILS, or a PAGES listing that is `byId`; null where the source has none. */
  one(listing: SourceListing, id: string | null): Promise<SourceRecord | null>;
}
