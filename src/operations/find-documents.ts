import type { Document } from '../domain/model/document.js';
import { uuidOf } from '../domain/model/ids.js';
import { documentById, documentsOf } from '../store/documents.js';
import { isPermitted } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { downloadLink } from './download-links.js';

/** A document with a short-lived link to its bytes, which needs no key. */
export interface FoundDocument extends Document {
  downloadUrl: string;
}

/** The documents of each project, sorted by name. */
export async function listDocuments(context: OperationContext, projectIds: readonly string[]): Promise<FoundDocument[][]> {
  const documents = await within(context, tx => documentsOf(tx, projectIds));
  const readable = documents.filter(document => mayRead(context, document)).map(document => linked(context, document));
  const byProject = Map.groupBy(readable, document => document.projectId);
  return projectIds.map(id => byProject.get(id) ?? []);
}

/** @throws UserError MALFORMED_ID */
export async function findDocument(context: OperationContext, id: string): Promise<FoundDocument | null> {
  const uuid = uuidOf('Document', id);
  const document = uuid && (await within(context, tx => documentById(tx, uuid)));
  return document && mayRead(context, document) ? linked(context, document) : null;
}

/** A VIEWER must not hear calls, and the manifest contains all recordings. */
const mayRead = ({ principal }: OperationContext, { kind }: Document) =>
  isPermitted(principal, 'listenToRecordings') || kind !== 'RECORDING_MANIFEST';

const linked = (context: OperationContext, document: Document): FoundDocument => ({
  ...document,
  downloadUrl: downloadLink(context, { kind: 'documents', id: document.id, organizationId: document.organizationId }),
});
