import type { IssueCode } from '../../../domain/model/issue.js';

/** A record that can't be loaded; its neighbours go on. */
export class RecordFailure extends Error {
  constructor(
    readonly code: IssueCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}
