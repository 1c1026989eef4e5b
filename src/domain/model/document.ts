import type { FieldMapping, MappingVersion } from '../mapping/field-mapping.js';

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
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What the customer is handed. */
export interface Document {
  id: string;
  projectId: string;
  organizationId: string;
  /** Like a path: `production/recording-manifest.csv`. */
  name: string;
  kind: DocumentKind;
  title: string;
  mediaType: string;
  /** Hex, of the bytes as they are fetched. */
  sha256: string;
  byteSize: number;
  /** Of an archive: the digest of the blob that lists its entries, a JSON array of PackedFile. */
  packingList: string | null;
  createdAt: Date;
}

/** One document before it is kept. */
export interface DocumentDraft {
  kind: DocumentKind;
  name: string;
  title: string;
  mediaType: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** The specification of a mapping: what becomes of each field, for people and as a table. @param confirmed the version that holds */
export type DescribeMapping = (
  mapping: MappingVersion,
  confirmed: MappingVersion | null,
  fields: readonly FieldMapping[],
) => DocumentDraft[];

/** A file in an archive: where it lies there, and in the blob store. */
export interface PackedFile {
  path: string;
  sha256: string;
  byteSize: number;
}

/** An archive of blobs as a stream: the same bytes for the same files, whenever it is made. */
export type PackArchive = (files: readonly PackedFile[]) => AsyncIterable<Uint8Array>;
