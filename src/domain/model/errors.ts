/**
 * Base of all errors: a stable, documented code, a message for the caller without internal details, and the cause for the log
 * only.
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

/** An error that the caller can fix. It becomes an entry of `userErrors` in a mutation, and a coded error elsewhere. */
export class UserError extends LandfallError {
  override name = 'UserError';
}

/** Every code with its meaning and HTTP status. `docs/reference/errors.md` and the tests read this. */
export const errorCodes = {
  UNAUTHENTICATED: { status: 401, meaning: 'The API key is missing, unknown, revoked or expired.' },
  ROLE_NOT_PERMITTED: { status: 200, meaning: "The key's role may not do this." },
  SCOPE_NOT_PERMITTED: { status: 200, meaning: 'The scopes or the projects of the credential do not permit this.' },
  NOT_FOUND: { status: 200, meaning: 'Nothing with this id exists for this key.' },
  MALFORMED_ID: { status: 200, meaning: 'The id was not issued by this API.' },
  MALFORMED_CURSOR: { status: 200, meaning: 'The cursor was not issued by this API.' },
  MALFORMED_JSON: { status: 400, meaning: 'The request body is not JSON.' },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The request body is larger than 1 MB.' },
  DOCUMENT_TOO_LARGE: {
    status: 200,
    meaning: 'The GraphQL document has too many characters, tokens, lines or nested brackets.',
  },
  QUERY_TOO_COMPLEX: {
    status: 200,
    meaning:
      'The document has too many levels, aliases, fields, repeated fields, fragments or operations, or exceeds the cost limit of one request.',
  },
  RATE_LIMITED: {
    status: 429,
    meaning: 'The cost budget of the key or its organization is used up. Retry after the seconds in Retry-After.',
  },
  TOO_MANY_SUBSCRIPTIONS: { status: 200, meaning: 'The socket or the key has reached its limit of subscriptions.' },
  BAD_REQUEST: { status: 400, meaning: 'The HTTP request is malformed or is not a GraphQL request.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'The encoding of the request body is not supported.' },
  TOO_MANY_WEBHOOKS: { status: 200, meaning: 'The organization has as many webhooks as it can have.' },
  INVALID_INPUT: { status: 200, meaning: 'A value is not valid for its field.' },
  PROJECT_ARCHIVED: { status: 200, meaning: 'The project is archived: it can only be read.' },
  CONNECTION_IN_USE: { status: 200, meaning: 'Runs have used the connection, so it cannot be removed.' },
  EXTERNAL_REF_TAKEN: { status: 200, meaning: 'Another project of the organization has this externalRef.' },
  ORGANIZATION_KIND_NOT_ALLOWED: { status: 200, meaning: 'An organization of this kind cannot be below that parent.' },
  IDEMPOTENCY_KEY_REUSED: { status: 200, meaning: 'The idempotency key was used before with a different input.' },
  ENVIRONMENT_REQUIRED: { status: 200, meaning: 'A run that writes or deletes needs an environment.' },
  RUN_ALREADY_ACTIVE: { status: 200, meaning: 'Another run of the project is still reading the source.' },
  RUN_STATE_CONFLICT: {
    status: 200,
    meaning: 'A run in this state does not allow this action. `allowedActions` lists those that it allows.',
  },
  SOURCE_NOT_CONNECTED: { status: 200, meaning: 'The project is not connected to its source.' },
  SOURCE_CONNECTION_FAILED: { status: 200, meaning: 'The last test of the source failed. Its `detail` says why.' },
  DESTINATION_NOT_CONNECTED: { status: 200, meaning: 'The project is not connected to the workspace of this environment.' },
  DESTINATION_CONNECTION_FAILED: { status: 200, meaning: 'The last test of the workspace failed. Its `detail` says why.' },
  NOTHING_EXTRACTED: { status: 200, meaning: 'A mapping is proposed from staged records, and there are none yet.' },
  MAPPING_NOT_CONFIRMED: { status: 200, meaning: 'Nothing is written before a person confirms a mapping.' },
  MAPPING_UNDECIDED: { status: 200, meaning: 'Fields of the mapping are UNDECIDED.' },
  MAPPING_INCOMPLETE: { status: 200, meaning: 'The source has fields that the mapping does not contain.' },
  MAPPING_FROZEN: { status: 200, meaning: 'This version is confirmed or superseded. Propose a new one.' },
  MAPPING_CONTRADICTION: { status: 200, meaning: 'The parts of an edit contradict each other.' },
  STALE_MAPPING: { status: 200, meaning: 'The mapping has changed. The answer contains its current hash.' },
  TARGET_UNKNOWN: { status: 200, meaning: 'The destination has no such field.' },
  TARGET_TAKEN: { status: 200, meaning: 'Another field is mapped to this target.' },
  ATTRIBUTE_NAME_ILLEGAL: { status: 200, meaning: 'The destination does not allow this name.' },
  FIELD_REQUIRED: { status: 200, meaning: 'A key field cannot be ignored.' },
  AGENTS_NOT_RESOLVED: { status: 200, meaning: 'Agents have neither a teammate nor the placeholder. Call `resolveAgent`.' },
  TEAMMATE_NOT_FOUND: { status: 200, meaning: 'No connected workspace has a teammate with this address.' },
  PLACEHOLDER_MISSING: { status: 200, meaning: 'The connection options do not name an existing placeholder teammate.' },
  SANDBOX_NOT_PASSED: {
    status: 200,
    meaning: 'Only a SANDBOX run that succeeded, or whose failures are all waived, can be signed off.',
  },
  SIGN_OFF_REQUIRED: { status: 200, meaning: 'Nothing is loaded into PRODUCTION before a person signs off a SANDBOX run.' },
  SIGN_OFF_STALE: { status: 200, meaning: 'The mapping or the sample has changed since the sign-off.' },
  CUTOVER_NOT_READY: {
    status: 200,
    meaning: '`Project.cutover.gaps` lists what must happen before the cutover can be completed.',
  },
  CUTOVER_COMPLETED: { status: 200, meaning: 'The workspace was handed over. Nothing is loaded into it any more.' },
  HYPERCARE_ACTIVE: { status: 200, meaning: 'Hypercare has not ended. Give a reason to close the project earlier.' },
  NOT_PROVISIONED: { status: 200, meaning: 'The workspace was not provisioned for the confirmed mapping.' },
  PRODUCTION_NOT_RUN: { status: 200, meaning: 'A DELTA follows a PRODUCTION run that has ended, and there is none.' },
  NOTHING_LOADED: { status: 200, meaning: 'Nothing was loaded into this workspace yet.' },
  WORKSPACE_BUSY: { status: 200, meaning: 'Another run still writes to this workspace or reads it back.' },
  PLAN_REQUIRED: {
    status: 200,
    meaning: 'A ROLLBACK needs the `planHash` of a reviewed plan. Start one with `dryRun` to make a plan.',
  },
  PLAN_STALE: {
    status: 200,
    meaning: 'This is not the newest plan of the environment, or a run has written there since. Make a new plan with `dryRun`.',
  },
  PROJECT_CLOSED: { status: 200, meaning: 'The project is closed. No run can be started.' },
  PROJECT_PURGED: {
    status: 410,
    meaning: 'The raw data and the secrets of this closed project were deleted, or are being deleted.',
  },
  RECORDING_CLAIMED: { status: 200, meaning: 'Another person is working on this recording.' },
  RECORDING_CLOSED: { status: 200, meaning: 'This recording is already attached or closed.' },
  RECORDING_NOT_AVAILABLE: { status: 200, meaning: 'The bytes of this recording could not be downloaded.' },
  RECORDING_TOO_LARGE: { status: 200, meaning: 'This recording is too large to upload. Attach it by hand.' },
  CONVERSATION_NOT_LOADED: { status: 200, meaning: 'The conversation of the call is not loaded yet.' },
  DESTINATION_REFUSED: { status: 200, meaning: 'The workspace refuses the request.' },
  ATTACH_UNCERTAIN: {
    status: 200,
    meaning: 'The answer of the workspace was lost. Try again: it finds out what happened and writes nothing twice.',
  },
  FILE_MISSING: { status: 404, meaning: 'The bytes of this file are no longer in DATA_DIR or S3_BUCKET.' },
  FILE_CHANGED: { status: 404, meaning: 'The bytes of this file in DATA_DIR or S3_BUCKET have changed since they were stored.' },
  DATA_DIR_UNUSABLE: { status: 500, meaning: 'At the start: DATA_DIR is not writable.' },
  STORAGE_UNUSABLE: { status: 500, meaning: 'At the start: S3_BUCKET cannot be written.' },
  REDIS_UNAVAILABLE: { status: 500, meaning: 'At the start: Redis does not answer or refuses the password.' },
  ADDRESS_UNUSABLE: { status: 500, meaning: 'At the start: HOST is not an address of this machine, or the port is not allowed.' },
  SECRETS_KEY_REFUSED: { status: 500, meaning: 'At the start: SECRETS_KEY does not belong to this database, or lacks a key.' },
  SECRET_UNREADABLE: { status: 500, meaning: 'The keys of this process cannot decrypt a stored secret.' },
  DATABASE_UNAVAILABLE: { status: 503, meaning: 'The database does not answer. Retry shortly.' },
  IDENTITY_UNAVAILABLE: { status: 503, meaning: 'The public keys of the issuer of the token cannot be read. Retry shortly.' },
  STORAGE_UNAVAILABLE: { status: 503, meaning: 'Files cannot be written or read. `/readyz` says why.' },
  ADDRESS_IN_USE: { status: 500, meaning: 'At the start: another program uses HOST and PORT.' },
  INTERNAL_SERVER_ERROR: { status: 500, meaning: 'Internal error. Quote the request id.' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Several errors that the caller can fix. */
export class UserErrors extends Error {
  constructor(readonly errors: readonly UserError[]) {
    super(errors.map(error => error.message).join(' '));
    this.name = 'UserErrors';
  }
}
