import { CallFailure } from '../../domain/ports/call-failure.js';
import { isUsableId } from '../../domain/text/kept-text.js';

// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field where they are used.
export type Answer = Record<string, any>;

/**
 * The id of the object in an answer.
 * @throws CallFailure NOT_JSON if there is no usable id
 */
export function idIn({ id }: Answer): string {
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  if (isUsableId(text)) return text;
  throw new CallFailure('NOT_JSON', 'It answers with an object that has no usable id.');
}

/** null if a read finds nothing. */
export async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CallFailure && (error.kind === 'NOT_FOUND' || error.kind === 'GONE')) return null;
    throw error;
  }
}
