import type { InputCheck } from './input-check.js';
import { checkOptions, type OptionKind } from './source-options.js';

const kinds: Record<string, OptionKind> = {
  placeholderTeammateEmail: 'string',
  replyHtml: 'boolean',
  /** Expected, where the base URL does not tell: US, EU or AU. */
  region: 'string',
  /** CUSTOM_OBJECT (usual), or CONTACT_ATTRIBUTES: an attribute of the contact, and a table among the documents. */
  dealsAs: 'string',
  inboxes: 'number',
  widgets: 'number',
  seats: 'number',
};

export function checkDestinationOptions(check: InputCheck, options: Record<string, unknown> | null | undefined): void {
  checkOptions(check, options, kinds);
}
