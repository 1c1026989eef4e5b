import { UserError } from '../domain/model/errors.js';
import type { Keyset, PageWindow } from '../domain/model/page.js';
import { checkPageSize } from './input-check.js';

/** Writes a position in a list as a cursor and reads it back. Clients store cursors, so a format must stay readable. */
export interface CursorFormat<Position> {
  write(position: Position): string;
  /** @param argument that the cursor is of; `after` if absent @throws UserError MALFORMED_CURSOR */
  read(cursor: string, argument?: string): Position;
}

/** The page that a client asks for: of `first` and `last` one is given, the other null. */
export interface PageRequest {
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
}

/** For lists in the order of creation: the page begins or ends at a time and an id. */
export const keysetCursor = cursorFormat<Keyset>(
  /^(\d{1,13}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  ({ at, id }) => `${at.getTime()}:${id}`,
  (at, id) => ({ at: new Date(Number(at)), id: id! }),
);

export const fieldCursor = numberedCursor('position', /^position:(\d{1,9})$/);
export const differenceCursor = numberedCursor('place', /^place:(\d{1,9})$/);
export const duplicateCursor = numberedCursor('group', /^group:(\d{1,9})$/);
export const eventCursor = numberedCursor('event', /^event:(\d{1,9})$/);
export const teammateCursor = numberedCursor('teammate', /^teammate:(\d{1,9})$/);
export const versionCursor = numberedCursor('version', /^version:(\d{1,9})$/);
export const reviewCursor = numberedCursor('review', /^review:(\d{1,9})$/);

/** @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export function readPage<Position>(
  { first, after, last, before }: PageRequest,
  format: CursorFormat<Position>,
): PageWindow<Position> {
  if (first !== null && last !== null)
    throw new UserError('INVALID_INPUT', 'Give `first` or `last`, not both.', { path: ['last'] });
  return {
    size: last === null ? checkPageSize('first', first ?? 0) : checkPageSize('last', last),
    fromEnd: last !== null,
    after: after === null ? null : format.read(after, 'after'),
    before: before === null ? null : format.read(before, 'before'),
  };
}

function numberedCursor(name: string, pattern: RegExp): CursorFormat<number> {
  return cursorFormat(pattern, position => `${name}:${position}`, Number);
}

function cursorFormat<Position>(
  pattern: RegExp,
  toText: (position: Position) => string,
  toPosition: (...groups: string[]) => Position,
): CursorFormat<Position> {
  return {
    write: position => Buffer.from(toText(position)).toString('base64url'),
    read: (cursor, argument = 'after') => {
      const match = pattern.exec(Buffer.from(cursor, 'base64url').toString());
      if (!match) throw new UserError('MALFORMED_CURSOR', 'Pass a cursor that this API has issued.', { path: [argument] });
      return toPosition(...match.slice(1));
    },
  };
}
