import type { FieldMapping, MappingVersion } from '../mapping/field-mapping.js';
import type { Language } from './project.js';
import type { Environment } from './run.js';

export const documentKinds = [
  'MIGRATION_SCOPE',
  'CONSTRAINT_CHECKLIST',
  'MAPPING_SPECIFICATION',
  'CHANNEL_VIEW_GUIDE',
  'AUTOMATION_INVENTORY',
  'WIDGET_INVENTORY',
  'MAIL_ROUTING_INVENTORY',
  'REPORT_DATA',
  'RECONCILIATION_REPORT',
  'RECORDING_MANIFEST',
  'RUNBOOK',
  'SAMPLE_REVIEW',
  'ROLLBACK_REPORT',
  'FINAL_REPORT',
  'PURGE_CERTIFICATE',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A document for the customer. */
export interface Document {
  id: string;
  projectId: string;
  organizationId: string;
  /** Like a path: `production/recording-manifest.csv`. */
  name: string;
  kind: DocumentKind;
  title: string;
  mediaType: string;
  /** Hex digest of the downloaded bytes. */
  sha256: string;
  byteSize: number;
  /** For an archive: the digest of the blob that lists its entries, a JSON array of PackedFile. */
  packingList: string | null;
  /** Digest of what it says apart from its run and date; null if it names neither. */
  contentSha256: string | null;
  createdAt: Date;
}

/** A document before it is stored. */
export interface DocumentDraft {
  kind: DocumentKind;
  name: string;
  title: string;
  mediaType: string;
  /** Digest of what it says apart from its run and date; absent if it names neither. */
  contentSha256?: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** What a document opens with. */
export interface DocumentHead {
  language: Language;
  project: string;
  /** Name or id; null if the side is not connected. */
  sourceAccount: string | null;
  workspace: string | null;
  environment: Environment;
  mappingHash: string | null;
  /** Kind and public id; null if no run wrote it. */
  run: string | null;
  /** When that run started, or when a person asked for it. */
  date: Date;
}

/** The specification of a mapping: the target of each field, as text and as a table. @param confirmed the version in force */
export type DescribeMapping = (
  mapping: MappingVersion,
  confirmed: MappingVersion | null,
  fields: readonly FieldMapping[],
  head: DocumentHead,
) => DocumentDraft[];

/** A file in an archive: its path there, and its blob. */
export interface PackedFile {
  path: string;
  sha256: string;
  byteSize: number;
}

/** An archive of blobs as a stream. The same files always give the same bytes. */
export type PackArchive = (files: readonly PackedFile[]) => AsyncIterable<Uint8Array>;
