import { In } from 'typeorm';
import type { Document } from '../domain/model/document.js';
import { keptText } from '../domain/text/kept-text.js';
import { DocumentRow } from './entities/document-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

const toDocument = ({ project: _p, byteSize, ...row }: DocumentRow): Document => ({ ...row, byteSize: Number(byteSize) });

/** Saves a document under its name. The same bytes change nothing. */
export async function saveDocument(
  tx: Tx,
  { projectId, organizationId }: Pick<RunLease, 'projectId' | 'organizationId'>,
  {
    name,
    kind,
    title,
    mediaType,
    sha256,
    byteSize,
    packingList,
    contentSha256,
  }: Omit<Document, 'id' | 'projectId' | 'organizationId' | 'createdAt'>,
): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.documents AS d (project_id, organization_id, name, kind, title, media_type, sha256, byte_size, packing_list, content_sha256)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (project_id, name) DO UPDATE SET kind = excluded.kind, title = excluded.title, media_type = excluded.media_type,
       sha256 = excluded.sha256, byte_size = excluded.byte_size, packing_list = excluded.packing_list,
       content_sha256 = excluded.content_sha256, created_at = clock_timestamp()
     WHERE d.sha256 <> excluded.sha256 OR d.title <> excluded.title`,
    [projectId, organizationId, name, kind, keptText(title, 300), mediaType, sha256, byteSize, packingList, contentSha256],
  );
}

/** The blob of a document that says the same, apart from its run and date; null if there is none. */
export async function documentSaying(tx: Tx, projectId: string, name: string, contentSha256: string): Promise<string | null> {
  const row = await tx.manager.findOne(DocumentRow, {
    where: { projectId, name, contentSha256 },
    select: { id: true, sha256: true },
  });
  return row?.sha256 ?? null;
}

export async function documentByName(tx: Tx, projectId: string, name: string): Promise<Document | null> {
  const row = await tx.manager.findOneBy(DocumentRow, { projectId, name });
  return row && toDocument(row);
}

/** Documents of these projects, sorted by name. */
export async function documentsOf(tx: Tx, projectIds: readonly string[]): Promise<Document[]> {
  const rows = await tx.manager.find(DocumentRow, { where: { projectId: In([...projectIds]) }, order: { name: 'ASC' } });
  return rows.map(toDocument);
}

export async function documentById(tx: Tx, id: string): Promise<Document | null> {
  const row = await tx.manager.findOneBy(DocumentRow, { id });
  return row && toDocument(row);
}
