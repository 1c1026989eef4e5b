interface Found {
  start: number;
  end: number;
  /** The file id in the address; null if there is none. */
  fileId: string | null;
}

const hostAt = /[\w.-]*/y;
const portAt = /:\d+/y;
const restAt = /[/?#][^\s"'<>]*/y;
const fileAt = /\/v1\/files\/([\w-]+)/iy;

/** End of a match at this index; the index itself if there is no match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function fileIdAt(text: string, at: number): string | null {
  fileAt.lastIndex = at;
  return fileAt.exec(text)?.[1] ?? null;
}

/** Finds addresses of the source, which stop working when the account is closed. */
export class SourceLinks {
  private readonly hosts: readonly string[];

  /** @param hosts of the source's API, without ports. Subdomains are included */
  constructor(hosts: readonly string[]) {
    this.hosts = hosts.map(host => host.toLowerCase());
  }

  isIn(text: string): boolean {
    return !this.found(text).next().done;
  }

  /** @param name replacement of an address */
  replacedIn(text: string, name: (link: string) => string): string {
    let named = '';
    let from = 0;
    for (const { start, end } of this.found(text)) {
      named += text.slice(from, start) + name(text.slice(start, end));
      from = end;
    }
    return named + text.slice(from);
  }

  /** Ids of the files that a text shows or links to. */
  fileIdsIn(text: string): string[] {
    return [...this.found(text)].flatMap(({ fileId }) => fileId ?? []);
  }

  /** Reads each character once. A single pattern for whole addresses would backtrack. */
  private *found(text: string): Generator<Found> {
    for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at)) {
      const hostEnd = text[at + 1] === '/' ? endOf(hostAt, text, at + 2) : at;
      const found = hostEnd > at ? this.absoluteAt(text, at, hostEnd) : relativeAt(text, at);
      if (found) yield found;
      at = found?.end ?? Math.max(at + 1, hostEnd > at + 2 ? hostEnd : 0);
    }
  }

  private absoluteAt(text: string, at: number, hostEnd: number): Found | null {
    const host = text.slice(at + 2, hostEnd).toLowerCase();
    const named = host.endsWith('.') ? host.slice(0, -1) : host;
    if (!this.hosts.some(each => named === each || named.endsWith(`.${each}`))) return null;
    const pathAt = endOf(portAt, text, at + 2 + named.length);
    const scheme = ['https:', 'http:'].find(each => text.slice(Math.max(0, at - each.length), at).toLowerCase() === each);
    return { start: at - (scheme?.length ?? 0), end: endOf(restAt, text, pathAt), fileId: fileIdAt(text, pathAt) };
  }
}

/** A relative path of a file of the source. */
function relativeAt(text: string, at: number): Found | null {
  if (/[\w/]/.test(text[at - 1] ?? '')) return null;
  const fileId = fileIdAt(text, at);
  return fileId === null ? null : { start: at, end: at + '/v1/files/'.length + fileId.length, fileId };
}

/** The name that replaces an address: the last parts of its path. */
export const nameOf = (link: string) => `[${link.split('/').filter(Boolean).slice(-2).join(' ') || 'link'}]`;

/** Replaces addresses of the source in plain text by names. */
export const withoutSourceLinks = (text: string, { hosts }: { hosts: readonly string[] }) =>
  new SourceLinks(hosts).replacedIn(text, nameOf);
