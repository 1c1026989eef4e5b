import type { RecordType } from '../model/record-type.js';
import type { Secret } from '../model/secret.js';
import type { StoredBlob } from './blob-store.js';
import type { OnAnswer } from './call-failure.js';
import type { RateCaller } from './rate-budget.js';

/**
 * A listing of a source. SINGLE: one object. PAGES: by page number. CHILDREN: pages for each record of another listing.
 * DETAILS: one by one, for each record that another listing refers to.
 */
export interface SourceListing {
  name: string;
  recordType: RecordType | null;
  shape: 'SINGLE' | 'PAGES' | 'CHILDREN' | 'DETAILS';
  /** CHILDREN: the listing of the parents. DETAILS: the listing whose records refer to it. */
  of?: string;
  /** Whether it is known to exist. A listing that is only assumed may be refused without an error. */
  observed: boolean;
  /** Whether one record can be read by its id. */
  byId: boolean;
  /** Whether it can be filtered by the time of the last change. */
  since: boolean;
}

/** A record as it was read, and what is known without interpreting it. */
export interface SourceRecord {
  /** The id at the source; for a record without an id, a digest of its text. */
  id: string;
  /** The exact JSON text. */
  raw: string;
  parentId: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  channel: string | null;
  /** References, as `listing:id`. */
  references: string[];
  tags: string[];
  /** Whether its id cannot be used. Then the record is stored and nothing else is done with it. */
  skipped: boolean;
  problems: RecordProblem[];
}

/** A problem of one record. Other records are not affected. */
export interface RecordProblem {
  code:
    | 'RECORD_WITHOUT_ID'
    | 'ID_UNUSABLE'
    | 'RECORD_REFUSED'
    | 'FIELD_ALTERED'
    | 'CHARACTERS_REMOVED'
    | 'CUSTOM_FIELDS_UNREADABLE'
    | 'DATE_UNREADABLE';
  /** Distinguishes it from other problems of the record; the message if absent. */
  about?: string;
  /** The id in the issue, if it is not the id of the record. */
  sourceId?: string;
  message: string;
  hint: string;
}

export interface SourcePage {
  records: SourceRecord[];
  /** The total number; null if the source does not report it. */
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

/** Access to a source. */
export interface SourceAccess {
  baseUrl: string;
  secret: Secret;
  options: Record<string, unknown>;
}

/**
 * Opens a source.
 * @param handlers `signal` aborts calls; `onLimit` is called when the limit of the source delays a call, `onCall` before each call;
 * `caller` is the run that calls, and `onAnswer` is called after each call
 */
export type OpenSource = (
  access: SourceAccess,
  handlers: {
    signal: AbortSignal;
    onLimit?: (ms: number) => void | Promise<void>;
    onCall?: () => void;
    caller?: RateCaller;
    onAnswer?: OnAnswer;
  },
) => Source;

/** Result of a test of the credentials. */
export interface ProbeResult {
  ok: boolean;
  /** What is wrong and what to do, if it is not ok. */
  detail: string | null;
  /** Id of the account; null if it does not return one. */
  workspaceId: string | null;
  workspaceName: string | null;
}

/** A helpdesk account that is read. Calls retry transient failures and throw CallFailure for others. */
export interface Source {
  readonly listings: readonly SourceListing[];
  /** How many calls were sent so far, retries included. */
  readonly calls: number;
  probe(): Promise<ProbeResult>;
  plan(): Promise<SourcePlan>;
  /** Number of records per page, unless another size is requested. */
  readonly pageSize: number;
  /**
   * @param parentId of a CHILDREN listing
   * @param since only records that were updated since then
   * @throws CallFailure TOO_LARGE for a page that must be requested in smaller ones
   */
  page(listing: SourceListing, page: number, about?: { size?: number; parentId?: string; since?: Date }): Promise<SourcePage>;
  /** The number of records, without reading them. */
  count(listing: SourceListing, since?: Date): Promise<{ total: number | null; at: Date }>;
  /**
   * Downloads a file from the address in a record; `keep` takes its bytes. If the connection breaks, the download continues
   * after the last byte, or `keep` is called again. Credentials are only sent to the host of the source.
   * @param about size and type from the record; null and '' if unknown. TRUNCATED if fewer bytes arrive; NOT_JSON if a page or
   *   a JSON error arrives instead; RATE_LIMITED immediately if the limit of the host is reached and it may not wait
   */
  file(
    url: string,
    about: { size: number | null; contentType: string; mayWait?: boolean },
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }>;
  /** The host in the address of a file; '' if it is not an address. */
  hostOf(url: string): { name: string; isOwn: boolean };
  /** The recording of a call, stored in the same way. @throws CallFailure TRUNCATED if it never arrives completely */
  recording(
    callId: string,
    keep: (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>,
  ): Promise<{ blob: StoredBlob; contentType: string }>;
  /** One object of a SINGLE or DETAILS listing, or of a PAGES listing that is `byId`; null if the source does not have it. */
  one(listing: SourceListing, id: string | null): Promise<SourceRecord | null>;
}
