import { sideOf } from '../domain/model/gates.js';
import { mapItems, type Page } from '../domain/model/page.js';
import { linksInto } from '../domain/text/workspace-links.js';
import { connectionsOf } from '../store/connections.js';
import { type CrosswalkFilter, crosswalkList, pagesOfEntries } from '../store/crosswalk-lists.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import type { FoundEntry } from './find-crosswalk.js';

/** A page of the entries of each project. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listCrosswalk(
  context: OperationContext,
  projectIds: readonly string[],
  request: PageRequest & CrosswalkFilter,
): Promise<Page<FoundEntry>[]> {
  const window = readPage(request, keysetCursor);
  const list = crosswalkList(request);
  const side = sideOf(request.environment);
  const connections = await within(context, tx => connectionsOf(tx, projectIds));
  const pages = await countedPages(context, list, projectIds, tx => pagesOfEntries(tx, list, projectIds, window));
  return pages.map((page, index) => {
    const connection = connections.find(each => each.projectId === projectIds[index] && each.side === side);
    const linkTo = linksInto(connection ?? null);
    return { ...page, ...mapItems(page, entry => ({ entry, linkTo })) };
  });
}
