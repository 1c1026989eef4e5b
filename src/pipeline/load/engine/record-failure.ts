import type { IssueCode } from '../../../domain/model/issue.js';

/** A record that cannot be loaded. Others are not affected. */
export class RecordFailure extends Error {
  constructor(
    readonly code: IssueCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}
