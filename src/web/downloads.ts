import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import parseRange from 'range-parser';
import type { Services } from '../operations/context.js';
import type { Downloadable } from '../operations/download-links.js';
import { openDownload } from '../operations/open-download.js';

/** Downloads by signed links, complete or by a range, so that a client can resume an aborted download. */
export function downloadsRouter(services: Services, kind: Downloadable): Router {
  const router = Router();
  router.get('/:id', async (request, response) => {
    const { organization, expires, signature } = request.query;
    const download = await openDownload(services, {
      kind,
      id: request.params.id,
      organizationId: String(organization),
      expires: String(expires),
      signature: String(signature),
    });
    const { name, mediaType, byteSize, sha256, bytes } = download;
    const etag = `"${sha256}"`;
    response.attachment(name);
    if (opensInline(kind, mediaType))
      response.set('Content-Disposition', response.get('Content-Disposition')!.replace('attachment', 'inline'));
    response.set({
      'Content-Type': mediaType,
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'private, no-store',
      // Documents contain texts of customers, which must not run as scripts.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
      // The address is the permission to read the file: no other site may see it.
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      // A portal shows images and plays recordings of this server by their addresses.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ETag: etag,
    });
    const rangeHeader = request.get('range');
    const isSame = !request.get('if-range') || request.get('if-range') === etag;
    const ranges = rangeHeader && isSame ? parseRange(byteSize, rangeHeader, { combine: true }) : -2;
    if (ranges === -1) {
      response.status(416).set('Content-Range', `bytes */${byteSize}`).end();
      return;
    }
    // Several ranges, or an invalid header, are answered with the complete file.
    const range = Array.isArray(ranges) && ranges.length === 1 && ranges.type === 'bytes' ? ranges[0]! : null;
    const { start, end } = range ?? { start: 0, end: byteSize - 1 };
    if (range) response.status(206).set('Content-Range', `bytes ${start}-${end}/${byteSize}`);
    response.set('Content-Length', String(end - start + 1));
    if (request.method === 'HEAD' || byteSize === 0) {
      response.end();
      return;
    }
    await pipeline(await bytes({ start, end }), response).catch(error => {
      // The client has disconnected.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  });
  return router;
}

/** Whether a browser shows the file. Tables, packages and recordings are saved. */
export function opensInline(kind: Downloadable, mediaType: string): boolean {
  return kind === 'documents' && /^text\/(html|markdown|plain)(;|$)/.test(mediaType);
}
