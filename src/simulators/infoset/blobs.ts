import type { Call, Reply } from '../simulator-server.js';
import type { Blob } from './account.js';

/** Answers the bytes of a file or a recording: all of them, or the requested range. */
export function blobReply(blob: Blob | undefined, { headers }: Call): Reply {
  if (!blob) return { status: 404, body: { message: 'Not found' } };
  if (blob.status !== 200) return { status: blob.status, body: { message: blob.status === 410 ? 'Expired' : 'Not available' } };
  const bytes = blob.bytes();
  const common = { 'content-type': blob.contentType, 'accept-ranges': 'bytes' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, headers: common, body: bytes };
  const [from, to] = [Number(range[1]), Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1)];
  if (from > to)
    return { status: 416, headers: { ...common, 'content-range': `bytes */${bytes.length}` }, body: Buffer.alloc(0) };
  return {
    status: 206,
    headers: { ...common, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
    body: bytes.subarray(from, to + 1),
  };
}
