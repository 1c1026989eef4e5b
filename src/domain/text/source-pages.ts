import type { Connection } from '../model/connection.js';

/** Types of records that have a page of their own at the source. */
export const linkedTypes = ['TICKET', 'CONTACT', 'COMPANY', 'DEAL'] as const;

/** Page of the application of the source that shows a record; null if it has none. */
export type SourcePageOf = (type: string, id: string) => string | null;

const api = 'api.infoset.app';
const application = 'https://dashboard.infoset.app';

/** The contract of the source names no pages: an account whose application has others names them in the options. */
const usual: Record<string, string> = {
  TICKET: `${application}/tickets/{id}`,
  CONTACT: `${application}/contacts/{id}`,
  COMPANY: `${application}/companies/{id}`,
  DEAL: `${application}/deals/{id}`,
};

/** @returns pages by type and id; none without a connection, and of another host unless its options name them */
export function sourcePages(connection: Pick<Connection, 'baseUrl' | 'options'> | null): SourcePageOf {
  if (!connection) return () => null;
  const given = (connection.options.recordUrls ?? {}) as Record<string, string>;
  const pages = { ...(new URL(connection.baseUrl).host === api ? usual : {}), ...given };
  return (type, id) => {
    const page = Object.hasOwn(pages, type) ? pages[type]! : null;
    return page?.replaceAll('{id}', () => encodeURIComponent(id)) ?? null;
  };
}
