import { UserError, UserErrors } from '../domain/model/errors.js';

/** Postgres stores neither NUL nor unpaired surrogates. */
export const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

/** Checks the texts of an input, and collects all problems. */
export class InputCheck {
  private readonly problems: UserError[] = [];

  /** @returns the text without surrounding white space */
  text(field: string, value: string, maxLength = 200): string {
    const text = value.trim();
    if (text === '') this.add(field, 'Give a text that is not empty.');
    else if (text.length > maxLength) this.add(field, `Give at most ${maxLength} characters.`);
    else if (!isStorable(text)) this.add(field, 'Leave out NUL and unpaired surrogates.');
    return text;
  }

  optionalText(field: string, value: string | null | undefined, maxLength?: number): string | null {
    return value === null || value === undefined ? null : this.text(field, value, maxLength);
  }

  /** @returns the URL without a trailing slash; it must be http or https, without credentials, query and fragment */
  httpUrl(field: string, value: string): string {
    const url = URL.parse(value.trim());
    if (!url || !/^https?:$/.test(url.protocol)) this.add(field, 'Give a URL that begins with https:// or http://.');
    else if (url.username || url.password || url.search || url.hash)
      this.add(field, 'Leave out user, password, query and fragment.');
    return value.trim().replace(/\/+$/, '');
  }

  /** @throws UserErrors INVALID_INPUT */
  done(): void {
    if (this.problems.length > 0) throw new UserErrors(this.problems);
  }

  add(field: string | string[], message: string): void {
    this.problems.push(new UserError('INVALID_INPUT', message, { path: ['input', ...[field].flat()] }));
  }
}

/** @throws UserError INVALID_INPUT if the size of a page is not 1 to 100 */
export function checkPageSize(argument: 'first' | 'last', size: number): number {
  if (size < 1 || size > 100) throw new UserError('INVALID_INPUT', 'Give a number from 1 to 100.', { path: [argument] });
  return size;
}

/** A text that a list is filtered by. @throws UserError INVALID_INPUT */
export function filterText(argument: string, value: string): string {
  const text = value.trim();
  if (text === '' || text.length > 200 || !isStorable(text))
    throw new UserError('INVALID_INPUT', 'Give 1 to 200 characters, without NUL and unpaired surrogates.', { path: [argument] });
  return text;
}
