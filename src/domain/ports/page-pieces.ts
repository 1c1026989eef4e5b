import { CallFailure } from './call-failure.js';
import type { Source, SourceListing, SourcePage } from './source.js';

export interface PieceRequest {
  /** Which page, if each holds `size` records. */
  number: number;
  size: number;
  parentId?: string;
  since?: Date;
  /** Told of a record that is too large even alone, by its place in the listing. */
  onTooLarge: (place: number) => void;
}

export interface Piece extends SourcePage {
  /** Whether it is all of the page. */
  isWhole: boolean;
}

export const isTooLarge = (error: unknown) => error instanceof CallFailure && error.kind === 'TOO_LARGE';

/** A size that divides this one. */
export const smallerPage = (size: number) => (size > 10 && size % 10 === 0 ? size / 10 : 1);

/**
 * A page as one piece, or, where it is too large, what it holds in as many smaller ones as that takes. The next piece is asked
 * for once the one before is done with.
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
