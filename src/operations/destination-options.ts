import { z } from 'zod';
import { canonicalEmail, isAcceptedEmail } from '../domain/email-address.js';
import type { InputCheck } from './input-check.js';
import { checkOptions, count, flag, oneOf, text } from './option-check.js';

const options = z
  .strictObject({
    placeholderTeammateEmail: text().refine(
      address => isAcceptedEmail(canonicalEmail(address)),
      'Give the e-mail address of a teammate.',
    ),
    replyHtml: flag,
    /** Expected, where the base URL does not tell. */
    region: oneOf('US', 'EU', 'AU'),
    /** CONTACT_ATTRIBUTES: an attribute of the contact, and a table among the documents. */
    dealsAs: oneOf('CUSTOM_OBJECT', 'CONTACT_ATTRIBUTES'),
    pendingAs: oneOf('OPEN', 'SNOOZED'),
    /** What the system wrote: one note for all, or parts. */
    historyAs: oneOf('NOTE', 'PARTS'),
    inboxes: count(),
    widgets: count(),
    seats: count(),
  })
  .partial();

export const checkDestinationOptions = (check: InputCheck, given: Record<string, unknown> | null | undefined): void =>
  checkOptions(check, given, options);
