import { linkedTypes, type SourcePageOf, sourcePages } from '../domain/text/source-pages.js';
import { connectionsOf } from '../store/connections.js';
import { articleUrlsOf, type RecordKey, ticketsOf } from '../store/source-places.js';
import { type OperationContext, within } from './context.js';

/** A key for `findSourceUrls`. */
export const sourceKey = ({ projectId, recordType, sourceId }: RecordKey): string =>
  JSON.stringify([projectId, recordType, sourceId]);

const inTickets: readonly string[] = ['MESSAGE', 'CALL', 'ATTACHMENT', 'RECORDING'];

/**
 * Where a person finds each record at the source: its page, the page of the ticket that contains it, or the public page of an
 * article; null if there is none.
 * @param keys made by `sourceKey`
 */
export async function findSourceUrls(context: OperationContext, keys: readonly string[]): Promise<(string | null)[]> {
  const records = keys.map(key => {
    const [projectId, recordType, sourceId] = JSON.parse(key) as [string, RecordKey['recordType'], string];
    return { projectId, recordType, sourceId };
  });
  const parts = records.filter(({ recordType }) => inTickets.includes(recordType));
  const articles = records.filter(({ recordType }) => recordType === 'ARTICLE');
  const { connections, tickets, urls } = await within(context, async tx => ({
    connections: await connectionsOf(tx, [...new Set(records.map(({ projectId }) => projectId))]),
    tickets: await ticketsOf(tx, parts),
    urls: await articleUrlsOf(tx, articles),
  }));
  const pages = new Map<string, SourcePageOf>(
    connections.filter(({ side }) => side === 'SOURCE').map(each => [each.projectId, sourcePages(each)]),
  );
  return records.map(record => {
    const pageOf = pages.get(record.projectId);
    if (record.recordType === 'ARTICLE') return publicPage(urls[articles.indexOf(record)] ?? null);
    if ((linkedTypes as readonly string[]).includes(record.recordType))
      return pageOf?.(record.recordType, record.sourceId) ?? null;
    const ticket = tickets[parts.indexOf(record)] ?? null;
    return ticket === null ? null : (pageOf?.('TICKET', ticket) ?? null);
  });
}

/** An address that people can open. It comes from the source, so it could be anything. */
const publicPage = (url: string | null): string | null =>
  url !== null && /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? url : null;
