import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether a request with this body carries the Signature Version 4 of these keys. */
export function isSigned(request: IncomingMessage, body: Buffer, keys: { id: string; secret: string }): boolean {
  const { headers, method = '' } = request;
  const [, credential = '', names = '', given = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ??
    [];
  const [id, ...scope] = credential.split('/');
  const [date = '', region = '', service = ''] = scope;
  const payload = String(headers['x-amz-content-sha256']);
  if (id !== keys.id || service !== 's3' || payload !== sha256(body)) return false;
  const { pathname, searchParams } = new URL(request.url!, 'http://s3');
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const signed = names.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, pathname, query.join('&'), signed.join(''), names, payload].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope.join('/'), sha256(canonical)].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${keys.secret}`, date));
  return timingSafeEqual(Buffer.from(given, 'hex'), hmac(key, text));
}
