import { z } from 'zod';
import { canonicalEmail, isAcceptedEmail } from '../domain/text/email-address.js';
import type { InputCheck } from './input-check.js';
import { checkOptions, count, flag, oneOf, text } from './option-check.js';

export const destinationOptions = z
  .strictObject({
    placeholderTeammateEmail: text()
      .refine(address => isAcceptedEmail(canonicalEmail(address)), 'Give the e-mail address of a teammate.')
      .describe('Required. The teammate who is credited with what agents without a teammate, bots and the system wrote.'),
    replyHtml: flag.describe('Default true. False: the workspace shows markup in replies as text, so plain text is sent.'),
    region: oneOf('US', 'EU', 'AU').describe(
      'Region of the workspace, if the base URL does not tell it. Links lead into its application.',
    ),
    dealsAs: oneOf('CUSTOM_OBJECT', 'CONTACT_ATTRIBUTES').describe(
      'Default CUSTOM_OBJECT: instances of the type `Deal`. CONTACT_ATTRIBUTES: an attribute of the contact, and a table among the documents.',
    ),
    pendingAs: oneOf('OPEN', 'SNOOZED').describe('Default OPEN. What pending tickets become.'),
    historyAs: oneOf('NOTE', 'PARTS').describe('Default NOTE: one note for all system logs of a ticket. PARTS: one note each.'),
    inboxes: count().describe('Inboxes of the Intercom plan, for the documents.'),
    widgets: count().describe('Messengers of the Intercom plan, for the documents.'),
    seats: count().describe('Seats of the Intercom plan, for the documents.'),
  })
  .partial();

export const checkDestinationOptions = (check: InputCheck, given: Record<string, unknown> | null | undefined): void =>
  checkOptions(check, given, destinationOptions);
