import type { DuplicateOutcome, DuplicateType, ListedGroup } from '../domain/duplicates/duplicate-group.js';
import { UserError } from '../domain/model/errors.js';
import type { Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import { duplicateList } from '../store/duplicate-groups.js';
import { pagesOf } from '../store/pages.js';
import type { OperationContext } from './context.js';
import { countedPages } from './counted-pages.js';
import { duplicateCursor, type PageRequest, readPage } from './cursor.js';

/** A page of each project, in the order of the list. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listDuplicates(
  context: OperationContext,
  projectIds: readonly string[],
  { recordType, outcome, ...page }: PageRequest & { recordType: RecordType | null; outcome: DuplicateOutcome | null },
): Promise<Page<ListedGroup>[]> {
  if (recordType !== null && !isDuplicateType(recordType))
    throw new UserError('INVALID_INPUT', 'Give CONTACT or COMPANY. Duplicates of other types are not looked for.', {
      path: ['recordType'],
    });
  const window = readPage(page, duplicateCursor);
  const list = duplicateList({ recordType, outcome });
  return countedPages(context, list, projectIds, tx => pagesOf<ListedGroup>(tx, list, projectIds, window));
}

const isDuplicateType = (type: RecordType): type is DuplicateType => type === 'CONTACT' || type === 'COMPANY';
