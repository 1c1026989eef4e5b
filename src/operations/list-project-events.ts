import type { Page } from '../domain/model/page.js';
import type { ProjectEvent } from '../domain/model/project-event.js';
import { eventList, pagesOfEvents } from '../store/project-events.js';
import type { OperationContext } from './context.js';
import { countedPages } from './counted-pages.js';
import { eventCursor, type PageRequest, readPage } from './cursor.js';

/** A page of the events of each project, oldest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listProjectEvents(
  context: OperationContext,
  projectIds: readonly string[],
  page: PageRequest,
): Promise<Page<ProjectEvent>[]> {
  const window = readPage(page, eventCursor);
  return countedPages(context, eventList, projectIds, tx => pagesOfEvents(tx, projectIds, window));
}
