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
  createdAt: Date;
}

/** A document before it is stored. */
export interface DocumentDraft {
  kind: DocumentKind;
  name: string;
  title: string;
  mediaType: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** The specification of a mapping: the target of each field, as text and as a table. @param confirmed the version in force */
export type DescribeMapping = (
  mapping: MappingVersion,
  confirmed: MappingVersion | null,
  fields: readonly FieldMapping[],
) => DocumentDraft[];

/** A file in an archive: its path there, and its blob. */
export interface PackedFile {
  path: string;
  sha256: string;
  byteSize: number;
}

/** An archive of blobs as a stream. The same files always give the same bytes. */
export type PackArchive = (files: readonly PackedFile[]) => AsyncIterable<Uint8Array>;
