import { UserError, UserErrors } from '../domain/errors.js';

/** Postgres stores neither NUL nor half a surrogate pair. */
export const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

/** Checks an input's texts and tells all that is wrong at once. */
export class InputCheck {
  private readonly problems: UserError[] = [];

  /** The text without white space around it. */
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

  /** @throws UserErrors INVALID_INPUT */
  done(): void {
    if (this.problems.length > 0) throw new UserErrors(this.problems);
  }

  private add(field: string, message: string): void {
    this.problems.push(new UserError('INVALID_INPUT', message, { path: ['input', field] }));
  }
}
