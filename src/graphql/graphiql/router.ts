import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import express, { type Request, type Response, type Router } from 'express';
import { type CompressedFile, compressedFiles, compressText } from './files.js';
import { page } from './page.js';

const decompress = promisify(gunzip);

/**
 * Scripts come from this server only and are never evaluated from texts. The editor writes its styles into the page, and its fonts are
 * part of the style sheet.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL, served without other hosts. Its requests need an API key. The files are compressed when somebody opens it first. */
export function graphiqlRouter(): Router {
  let files: Promise<ReadonlyMap<string, CompressedFile>> | null = null;
  const opened = () => {
    files ??= compressedFiles().catch(error => {
      files = null;
      throw error;
    });
    return files;
  };
  return express
    .Router()
    .get('/', async (request, response) => {
      // Addresses in the page are relative, so that a proxy may serve it below another path.
      if (request.originalUrl.split('?', 1)[0]!.endsWith('/')) return response.redirect(301, '../graphiql');
      await send(request, response, { mediaType: 'text/html; charset=utf-8', bytes: await compressText(page()) });
    })
    .get('/files/:name', async (request, response, next) => {
      const file = (await opened()).get(request.params.name);
      if (!file) return next();
      await send(request, response, file);
    });
}

/** Express adds an ETag, and answers 304 to a browser that has the file. */
async function send(request: Request, response: Response, { mediaType, bytes }: CompressedFile): Promise<void> {
  response.set({ 'Content-Type': mediaType, 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy });
  response.vary('Accept-Encoding');
  if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').send(bytes);
  else response.send(await decompress(bytes));
}
