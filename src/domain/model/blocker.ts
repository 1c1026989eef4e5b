import type { BlockerDetails } from './blocker-details.js';
import { type ShortageCode, shortages } from './shortage.js';

/** What a person must do before a project or a run can continue. Clients branch on the codes: they are stable. */
export const blockerCodes = {
  SOURCE_NOT_CONNECTED: 'The project has no Infoset connection. Call `setConnection` for the SOURCE side.',
  SOURCE_CONNECTION_FAILED: 'The last test of the Infoset connection failed. Its `detail` says why; set it again.',
  SOURCE_UNAUTHORIZED: 'Infoset refuses the credentials. Set the connection again, then call `resumeRun`.',
  SOURCE_UNAVAILABLE: 'Infoset did not answer after several attempts. Check it, then call `resumeRun`.',
  ACCOUNT_KEY_MISSING: 'The account does not return its id. Set `accountKey` in the options of the SOURCE connection.',
  TIME_ZONE_UNKNOWN:
    'The account names a time zone that does not exist. Set `timeZone` in the options of the SOURCE connection (for example `Europe/Istanbul`), then call `resumeRun`.',
  DESTINATION_NOT_CONNECTED: 'The environment has no Intercom connection. Call `setConnection`.',
  DESTINATION_CONNECTION_FAILED: 'The last test of the Intercom connection failed. Its `detail` says why; set it again.',
  DESTINATION_UNAUTHORIZED: 'Intercom refuses the token. Set the connection again, then call `resumeRun`.',
  DESTINATION_FORBIDDEN: 'The Intercom app lacks a permission. Add it, then call `resumeRun`.',
  DESTINATION_UNAVAILABLE: 'Intercom did not answer after several attempts. Check it, then call `resumeRun`.',
  WORKSPACE_CHANGED: 'The connection now leads to another workspace than the run was started for. Set the first one again.',
  MAPPING_NOT_CONFIRMED: 'Nobody has confirmed a mapping. Propose one, review it and call `confirmMapping`.',
  AGENTS_NOT_RESOLVED: 'Agents have no teammate. Call `resolveAgent` for each: a teammate, or the placeholder.',
  PLACEHOLDER_MISSING: 'The connection options do not name an existing teammate as `placeholderTeammateEmail`.',
  SIGN_OFF_REQUIRED: 'Nobody has signed off a sample. Start a SANDBOX run, review it and call `signOff`.',
  SIGN_OFF_STALE: 'The mapping or the sample has changed since the sign-off. Start a SANDBOX run, review it and call `signOff`.',
  NOT_PROVISIONED: 'The workspace lacks attributes or tags of the confirmed mapping. Start a PROVISIONING run.',
  DEAL_TYPE_MISSING:
    'The workspace has no custom object type `Deal`. The message and `details` list its attributes; or set `dealsAs`.',
  DEAL_TYPE_INCOMPLETE:
    'The custom object type `Deal` lacks attributes or its reference from People. The message and `details` list them.',
  PUBLIC_URL_UNREACHABLE: 'Intercom downloads the images of articles from `PUBLIC_URL`, and that is a private address.',
  PLAN_STALE:
    'An object of the plan has changed since it was made. The ROLLBACK run has FAILED and wrote nothing. Make a new plan.',
  SECRET_UNREADABLE: 'The stored secret cannot be decrypted. Add the missing key to `SECRETS_KEY`, or set the connection again.',
  VALUE_REFUSED:
    'The database cannot store a value that belongs to no single record. Report the run id to us, then call `resumeRun`.',
  INTERNAL_ERROR: 'Internal error. The run has FAILED. Report the run id to us.',
  ...shortages,
} as const satisfies Record<string, string> & Record<ShortageCode, string>;
export type BlockerCode = keyof typeof blockerCodes;

/** One thing that must happen before work can continue, as an imperative. */
export interface Blocker {
  code: BlockerCode;
  message: string;
  /** The same for programs, where there is more than the code. */
  details?: BlockerDetails | null;
}
