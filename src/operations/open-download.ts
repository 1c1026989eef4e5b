import type { PackedFile } from '../domain/model/document.js';
import { LandfallError } from '../domain/model/errors.js';
import { packagePath } from '../domain/text/package-paths.js';
import { recordingById } from '../store/call-recordings.js';
import { documentById } from '../store/documents.js';
import type { Services } from './context.js';
import { type Downloadable, isGood } from './download-links.js';
import { requireAllThere, requireKept } from './kept-bytes.js';

export interface Download {
  name: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  /** Bytes from `start` to `end`, both included. */
  bytes(range: { start: number; end: number }): Promise<AsyncIterable<Uint8Array>>;
}

export interface DownloadRequest {
  what: Downloadable;
  id: string;
  organizationId: string;
  expires: string;
  signature: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws LandfallError NOT_FOUND, also for a link that is over or was never ours; FILE_MISSING, FILE_CHANGED */
export async function openDownload(services: Services, request: DownloadRequest): Promise<Download> {
  const { what, id, organizationId, expires, signature } = request;
  const notFound = new LandfallError('NOT_FOUND', 'Ask for a new link: this one is over, or leads nowhere.');
  if (!isGood(services, request, expires, signature)) throw notFound;
  if (what === 'images') return imageOf(services, id);
  if (!uuid.test(id) || !uuid.test(organizationId)) throw notFound;
  const download =
    what === 'documents' ? await documentOf(services, organizationId, id) : await recordingOf(services, organizationId, id);
  if (!download) throw notFound;
  return download;
}

async function documentOf(services: Services, organizationId: string, id: string): Promise<Download | null> {
  const document = await services.tenancy.in(organizationId, tx => documentById(tx, id));
  if (!document) return null;
  const { name, mediaType, byteSize, sha256 } = document;
  const about = { name: name.split('/').at(-1)!, mediaType, byteSize, sha256 };
  if (document.packingList !== null) return { ...about, bytes: await packed(services, document.packingList) };
  await requireKept(services.blobs, sha256);
  return { ...about, bytes: blob(services, sha256) };
}

async function recordingOf(services: Services, organizationId: string, id: string): Promise<Download | null> {
  const recording = await services.tenancy.in(organizationId, tx => recordingById(tx, id));
  if (recording?.availability !== 'DOWNLOADED') return null;
  const { callId, contentType, byteSize, sha256 } = recording;
  await requireKept(services.blobs, sha256!);
  return {
    name: packagePath(callId, contentType).split('/').at(-1)!,
    mediaType: contentType ?? 'application/octet-stream',
    byteSize: byteSize!,
    sha256: sha256!,
    bytes: blob(services, sha256!),
  };
}

/** An image of an article, which anyone who hosts it anew fetches. */
async function imageOf(services: Services, id: string): Promise<Download> {
  const [sha256, kind] = id.split('.') as [string, string];
  await requireKept(services.blobs, sha256);
  return {
    name: id,
    mediaType: `image/${kind === 'svg' ? 'svg+xml' : kind}`,
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

/** An archive is made again each time, and what was asked for is cut out of it. */
async function packed({ blobs, packArchive }: Services, packingList: string): Promise<Download['bytes']> {
  const files = JSON.parse((await blobs.read(packingList)).toString()) as PackedFile[];
  await requireAllThere(blobs, files);
  return async ({ start, end }) => cut(packArchive(files), start, end);
}

async function* cut(bytes: AsyncIterable<Uint8Array>, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of bytes) {
    const from = Math.max(0, start - at);
    const to = Math.min(chunk.length, end + 1 - at);
    at += chunk.length;
    if (from < to) yield chunk.subarray(from, to);
    if (at > end) return;
  }
}
