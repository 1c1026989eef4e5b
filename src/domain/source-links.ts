/** Addresses of the source: they lead nowhere once the account is closed. */
export class SourceLinks {
  private readonly pattern: RegExp;
  private readonly file: RegExp;

  /** @param hosts of the source's API, without a port; their subdomains too */
  constructor(hosts: readonly string[]) {
    const host = hosts.map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '(?!)';
    const origin = `(?:https?:)?//(?:[\\w-]+\\.)*(?:${host})(?::\\d+)?`;
    this.pattern = new RegExp(`${origin}(?:/[^\\s"'<>]*)?|(?<![\\w/])/v1/files/[\\w-]+`, 'gi');
    this.file = new RegExp(`(?:${origin}|(?<![\\w/]))/v1/files/([\\w-]+)`, 'gi');
  }

  isIn(text: string): boolean {
    return text.search(this.pattern) >= 0;
  }

  /** @param name what stands in the place of an address */
  replacedIn(text: string, name: (link: string) => string): string {
    return text.replace(this.pattern, name);
  }

  /** Ids of the files that a text shows or links to. */
  fileIdsIn(text: string): string[] {
    return [...text.matchAll(this.file)].map(([, id]) => id!);
  }
}

/** An address by its last words. */
export const nameOf = (link: string) => `[${link.split('/').filter(Boolean).slice(-2).join(' ') || 'link'}]`;

/** Plain text in which addresses of the source are named instead. */
export const withoutSourceLinks = (text: string, { hosts }: { hosts: readonly string[] }) =>
  new SourceLinks(hosts).replacedIn(text, nameOf);
