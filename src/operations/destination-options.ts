import { z } from 'zod';
import { canonicalEmail, isAcceptedEmail } from '../domain/text/email-address.js';
import type { InputCheck } from './input-check.js';
import { checkOptions, count, flag, oneOf, text } from './option-check.js';

export const destinationOptions = z
  .strictObject({
    placeholderTeammateEmail: text()
      .refine(address => isAcceptedEmail(canonicalEmail(address)), 'Give the e-mail address of a teammate.')
      .describe(
        'Required. E-mail address of the teammate who is credited with texts of bots, of the system and of agents without a teammate.',
      ),
    replyHtml: flag.describe('Default true. False: send plain text, because the workspace shows markup in replies as text.'),
    region: oneOf('US', 'EU', 'AU').describe(
      'Region of the workspace, if the base URL does not show it. Links to the application use it.',
    ),
    dealsAs: oneOf('CUSTOM_OBJECT', 'CONTACT_ATTRIBUTES').describe(
      'Default CUSTOM_OBJECT: deals become instances of the type `Deal`. CONTACT_ATTRIBUTES: they become an attribute of the contact, and a table in the documents.',
    ),
    pendingAs: oneOf('OPEN', 'SNOOZED').describe('Default OPEN. State of conversations whose ticket is pending.'),
    historyAs: oneOf('NOTE', 'PARTS').describe(
      'Default NOTE: one note for all system logs of a ticket. PARTS: one note for each system log.',
    ),
    inboxes: count().describe('Inboxes of the Intercom plan. The documents compare them with what is needed.'),
    widgets: count().describe('Messengers of the Intercom plan. The documents compare them with what is needed.'),
    seats: count().describe('Seats of the Intercom plan. The documents compare them with what is needed.'),
  })
  .partial();

export const checkDestinationOptions = (check: InputCheck, given: Record<string, unknown>, field: string): void =>
  checkOptions(check, given, destinationOptions, field);
