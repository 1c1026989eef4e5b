import type { PackedFile } from '../domain/model/document.js';
import { LandfallError } from '../domain/model/errors.js';
import { packagePath } from '../domain/text/package-paths.js';
import { recordingById } from '../store/call-recordings.js';
import { documentById } from '../store/documents.js';
import type { Services } from './context.js';
import { type Downloadable, isValidLink } from './download-links.js';
import { requireBlob, requireFiles } from './require-blobs.js';
import { purged, requireUnpurged } from './require-unpurged.js';

export interface Download {
  name: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  /** Bytes from `start` to `end`, both included. */
  bytes(range: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>>;
}

export interface DownloadRequest {
  kind: Downloadable;
  id: string;
  organizationId: string;
  expires: string;
  signature: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws LandfallError NOT_FOUND, also for a link that has expired or was not signed here; FILE_MISSING, FILE_CHANGED, PROJECT_PURGED */
export async function openDownload(services: Services, request: DownloadRequest): Promise<Download> {
  const { kind, id, organizationId, expires, signature } = request;
  const notFound = new LandfallError('NOT_FOUND', 'Get a new link: this one has expired or is invalid.');
  if (!isValidLink(services, request, expires, signature)) throw notFound;
  if (kind === 'images') return openImage(services, id);
  if (!uuid.test(id) || !uuid.test(organizationId)) throw notFound;
  const download =
    kind === 'documents' ? await openDocument(services, organizationId, id) : await openRecording(services, organizationId, id);
  if (!download) throw notFound;
  return download;
}

async function openDocument(services: Services, organizationId: string, id: string): Promise<Download | null> {
  const document = await services.tenancy.withinOrganization(organizationId, tx => documentById(tx, id));
  if (!document) return null;
  // The recordings of the package were deleted, like all other files that only this project used.
  if (document.packingList !== null)
    await services.tenancy.withinOrganization(organizationId, tx => requireUnpurged(tx, document.projectId));
  const { name, mediaType, byteSize, sha256 } = document;
  const file = { name: name.split('/').at(-1)!, mediaType, byteSize, sha256 };
  if (document.packingList !== null) return { ...file, bytes: await packed(services, document.packingList) };
  await requireBlob(services.blobs, sha256);
  return { ...file, bytes: blob(services, sha256) };
}

async function openRecording(services: Services, organizationId: string, id: string): Promise<Download | null> {
  const recording = await services.tenancy.withinOrganization(organizationId, tx => recordingById(tx, id));
  if (recording?.availability !== 'DOWNLOADED') return null;
  if (recording.sha256 === null) throw purged();
  const { callId, contentType, byteSize, sha256 } = recording;
  await requireBlob(services.blobs, sha256!);
  return {
    name: packagePath(callId, contentType).split('/').at(-1)!,
    mediaType: contentType ?? 'application/octet-stream',
    byteSize: byteSize!,
    sha256: sha256!,
    bytes: blob(services, sha256!),
  };
}

/** An image of an article, which Intercom downloads to host it. */
async function openImage(services: Services, id: string): Promise<Download> {
  const [sha256, format] = id.split('.') as [string, string];
  await requireBlob(services.blobs, sha256);
  return {
    name: id,
    mediaType: `image/${format === 'svg' ? 'svg+xml' : format}`,
    byteSize: (await services.blobs.size(sha256))!,
    sha256,
    bytes: blob(services, sha256),
  };
}

type Range = { start: number; end: number };

const blob =
  ({ blobs }: Services, sha256: string) =>
  async (range: Range) =>
    blobs.stream(sha256, range);

/** The archive is packed again for each download, and the requested range is cut out of it. */
async function packed({ blobs, packArchive }: Services, packingList: string): Promise<Download['bytes']> {
  const files = JSON.parse((await blobs.read(packingList)).toString()) as PackedFile[];
  await requireFiles(blobs, files);
  return async ({ start, end }) => cut(packArchive(files), start, end);
}

async function* cut(bytes: AsyncIterable<Uint8Array>, start: number, end: number): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for await (const chunk of bytes) {
    const from = Math.max(0, start - offset);
    const to = Math.min(chunk.length, end + 1 - offset);
    offset += chunk.length;
    if (from < to) yield chunk.subarray(from, to);
    if (offset > end) return;
  }
}
