/** Calls to the API that may be in flight at the same time. */
export const maxInFlight = 5;

/** Attempts of a read that may fail. */
export const maxAttempts = 8;

/** Size limits of answers: of facts about the account, and of records, one of which may be as long as a page. */
export const maxBytes = { facts: 1024 * 1024, records: 16 * 1024 * 1024, token: 64 * 1024 };

/** Rate limit waits up to this length are normal; a file that must not wait still waits so long. */
export const shortWaitMs = 2_000;
