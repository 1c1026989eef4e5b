import { CallFailure } from './call-failure.js';
import type { Source, SourceListing, SourcePage } from './source.js';

export interface PieceRequest {
  /** Number of the page, with `size` records per page. */
  number: number;
  size: number;
  parentId?: string;
  since?: Date;
  /** Called with the position of a record that is too large even alone. */
  onTooLarge: (place: number) => void;
}

export interface Piece extends SourcePage {
  /** Whether it is the whole page. */
  isWhole: boolean;
}

export const isTooLarge = (error: unknown) => error instanceof CallFailure && error.kind === 'TOO_LARGE';

/** A size that divides this one. */
export const smallerPage = (size: number) => (size > 10 && size % 10 === 0 ? size / 10 : 1);

/**
 * A page as one piece, or as several smaller pieces if it is too large. The next piece is requested when the previous one is
 * processed.
 */
export async function* piecesOf(source: Source, listing: SourceListing, request: PieceRequest): AsyncGenerator<Piece> {
  const { number, size, parentId, since, onTooLarge } = request;
  let whole: SourcePage;
  try {
    const about = { size, ...(parentId === undefined ? {} : { parentId }), ...(since ? { since } : {}) };
    whole = await source.page(listing, number, about);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (size === 1) onTooLarge(number);
    else yield* inSmaller(source, listing, request);
    return;
  }
  yield { ...whole, isWhole: true };
}

async function* inSmaller(source: Source, listing: SourceListing, request: PieceRequest): AsyncGenerator<Piece> {
  const size = smallerPage(request.size);
  const pieces = request.size / size;
  for (let piece = 1; piece <= pieces; piece++) {
    const number = (request.number - 1) * pieces + piece;
    for await (const page of piecesOf(source, listing, { ...request, number, size })) {
      yield { ...page, isWhole: false };
      if (page.total !== null && number * size >= page.total) return;
      if (page.records.length === 0) return;
    }
  }
}
