/**
 * The one error base: a stable, documented code, a message for the caller that holds nothing internal, and the cause
 * for the log alone.
 */
export class LandfallError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly options: { cause?: unknown; path?: readonly string[]; retryable?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'LandfallError';
  }
}

/** What the caller can put right: becomes an entry of `userErrors` in a mutation, and a coded error elsewhere. */
export class UserError extends LandfallError {
  override name = 'UserError';
}

/** Every code with its meaning and the HTTP status it carries; `docs/reference/errors.md` and the tests read this. */
export const errorCodes = {
  UNAUTHENTICATED: { status: 401, meaning: 'The API key is missing, unknown, revoked or expired.' },
  ROLE_NOT_PERMITTED: { status: 200, meaning: "The key's role may not do this." },
  NOT_FOUND: { status: 200, meaning: 'Nothing with this id exists for this key.' },
  MALFORMED_ID: { status: 200, meaning: 'The id was not issued by this API.' },
  MALFORMED_CURSOR: { status: 200, meaning: 'The cursor was not issued by this API.' },
  MALFORMED_JSON: { status: 400, meaning: 'The request body is no JSON.' },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The request body is larger than 1 MB.' },
  DOCUMENT_TOO_LARGE: {
    status: 200,
    meaning: 'The GraphQL document has too many characters, tokens or brackets inside each other.',
  },
  QUERY_TOO_COMPLEX: {
    status: 200,
    meaning: 'The operation has too many levels, aliases or fields, or costs more than one request may.',
  },
  RATE_LIMITED: { status: 429, meaning: 'The key has spent its cost for now; retry after the seconds of Retry-After.' },
  TOO_MANY_SUBSCRIPTIONS: { status: 200, meaning: 'The socket, or the key, has as many subscriptions as it may have.' },
  BAD_REQUEST: { status: 400, meaning: 'The HTTP request is malformed, or no GraphQL request.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'The request body is encoded in a way that is not read here.' },
  INVALID_INPUT: { status: 200, meaning: 'A value is outside what its field allows.' },
  EXTERNAL_REF_TAKEN: { status: 200, meaning: 'Another project of the organization has this externalRef.' },
  ORGANIZATION_KIND_NOT_ALLOWED: { status: 200, meaning: 'An organization of this kind can not stand below that parent.' },
  IDEMPOTENCY_KEY_REUSED: { status: 200, meaning: 'The idempotency key was used before, with another input.' },
  RUN_KIND_NOT_AVAILABLE: { status: 200, meaning: 'Runs of this kind can not be started yet.' },
  ENVIRONMENT_REQUIRED: { status: 200, meaning: 'A kind that writes or deletes needs an environment.' },
  RUN_ALREADY_ACTIVE: { status: 200, meaning: 'A run of the project that reads the source is not over yet.' },
  RUN_STATE_CONFLICT: { status: 200, meaning: 'A run in this state does not answer this action; allowedActions tells which.' },
  SOURCE_NOT_CONNECTED: { status: 200, meaning: 'The project is not connected to its source.' },
  SOURCE_CONNECTION_FAILED: { status: 200, meaning: 'The last probe of the source failed; its detail tells why.' },
  DESTINATION_NOT_CONNECTED: { status: 200, meaning: 'The project is not connected to the workspace of this environment.' },
  DESTINATION_CONNECTION_FAILED: { status: 200, meaning: 'The last probe of the workspace failed; its detail tells why.' },
  NOTHING_EXTRACTED: { status: 200, meaning: 'A mapping is proposed from staged records: there are none yet.' },
  MAPPING_NOT_CONFIRMED: { status: 200, meaning: 'Nothing is written before a person has confirmed a mapping.' },
  MAPPING_UNDECIDED: { status: 200, meaning: 'Fields of the mapping wait for a choice.' },
  MAPPING_INCOMPLETE: { status: 200, meaning: 'Fields were seen at the source that the mapping does not know.' },
  MAPPING_FROZEN: { status: 200, meaning: 'This version is confirmed or superseded: propose a new one.' },
  MAPPING_CONTRADICTION: { status: 200, meaning: 'The parts of an edit contradict each other.' },
  STALE_MAPPING: { status: 200, meaning: 'The mapping has changed since; the answer holds its hash.' },
  TARGET_UNKNOWN: { status: 200, meaning: 'No field of the destination is called so.' },
  TARGET_TAKEN: { status: 200, meaning: 'Another field goes to this target.' },
  ATTRIBUTE_NAME_ILLEGAL: { status: 200, meaning: 'The destination does not allow such a name.' },
  FIELD_REQUIRED: { status: 200, meaning: 'A key can not be left out.' },
  AGENTS_NOT_RESOLVED: { status: 200, meaning: 'Agents wait for an answer in the reconciliation queue.' },
  TEAMMATE_NOT_FOUND: { status: 200, meaning: 'No connected workspace has a teammate with this address.' },
  PLACEHOLDER_MISSING: { status: 200, meaning: 'The connection names no placeholder teammate who exists.' },
  NOT_PROVISIONED: { status: 200, meaning: 'The workspace was not provisioned by the confirmed mapping.' },
  WORKSPACE_BUSY: { status: 200, meaning: 'Another run that writes to this workspace is not over yet.' },
  RECORDING_CLAIMED: { status: 200, meaning: 'Somebody else works on this recording.' },
  RECORDING_CLOSED: { status: 200, meaning: 'This recording is attached already, or can not be.' },
  RECORDING_NOT_AVAILABLE: { status: 200, meaning: 'The bytes of this recording could not be had.' },
  RECORDING_TOO_LARGE: { status: 200, meaning: 'This recording is too large to be sent: attach it by hand.' },
  CONVERSATION_NOT_LOADED: { status: 200, meaning: 'No conversation holds the call yet.' },
  DESTINATION_REFUSED: { status: 200, meaning: 'The workspace refuses it.' },
  ATTACH_UNCERTAIN: {
    status: 200,
    meaning: 'The answer of the workspace was lost; trying again finds out, and does nothing twice.',
  },
  FILE_MISSING: { status: 404, meaning: 'The bytes of this file are not in DATA_DIR any more.' },
  FILE_CHANGED: { status: 404, meaning: 'The bytes of this file in DATA_DIR are not those that were kept.' },
  DATA_DIR_UNUSABLE: { status: 500, meaning: 'At the start: DATA_DIR can not be written to.' },
  REDIS_UNAVAILABLE: { status: 500, meaning: 'At the start: Redis does not answer, or refuses the password.' },
  ADDRESS_UNUSABLE: { status: 500, meaning: 'At the start: HOST is no address of this machine, or the port is not allowed.' },
  SECRETS_KEY_REFUSED: { status: 500, meaning: 'At the start: SECRETS_KEY is not the one of this database, or lacks a key.' },
  SECRET_UNREADABLE: { status: 500, meaning: 'A stored secret does not open with the keys of this process.' },
  DATABASE_UNAVAILABLE: { status: 503, meaning: 'The database does not answer; retry shortly.' },
  STORAGE_UNAVAILABLE: { status: 503, meaning: 'Files can not be written or read; /readyz tells why.' },
  ADDRESS_IN_USE: { status: 500, meaning: 'At the start: another program listens on HOST and PORT.' },
  INTERNAL_SERVER_ERROR: { status: 500, meaning: 'Internal error. Quote the request id.' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Several things at once that the caller can put right. */
export class UserErrors extends Error {
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(error => error.message).join(' '));
    this.name = 'UserErrors';
  }
}
