import { UserError } from './errors.js';

/** A slice of a list in keyset order, newest first. */
export interface Page<T> {
  items: T[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** The start of a slice: after the row with this time and id. */
export interface Keyset {
  at: Date;
  id: string;
}

const form = /^(\d{1,13}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function toCursor({ at, id }: Keyset): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString('base64url');
}

/** @throws UserError MALFORMED_CURSOR */
export function fromCursor(cursor: string): Keyset {
  const match = form.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) {
    throw new UserError('MALFORMED_CURSOR', 'Pass a cursor that this API has issued.', { path: ['after'] });
  }
  return { at: new Date(Number(match[1])), id: match[2]! };
}
