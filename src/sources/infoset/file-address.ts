import { withSlash } from '../../http/api-url.js';

export interface FileAddress {
  /** null if the address is not a URL of HTTP. */
  url: URL | null;
  /** Whether the file is on the API's own host. */
  isOwn: boolean;
}

/** @param path on the API's host, or a whole address on any host */
export function fileAddress(baseUrl: string, path: string): FileAddress {
  const base = new URL(withSlash(baseUrl));
  const url = URL.parse(/^https?:/i.test(path) ? path : path.replace(/^\/+/, ''), base.href);
  const isAddress = url !== null && /^https?:$/.test(url.protocol);
  return { url: isAddress ? url : null, isOwn: isAddress && url.origin === base.origin };
}
