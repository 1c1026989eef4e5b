import type { InputCheck } from './input-check.js';
import { checkOptions, type OptionKind } from './source-options.js';

const kinds: Record<string, OptionKind> = {
  placeholderTeammateEmail: 'string',
  replyHtml: 'boolean',
  /** Expected, where the base URL does not tell: US, EU or AU. */
  region: 'string',
  /** CUSTOM_OBJECT (usual), or CONTACT_ATTRIBUTES: an attribute of the contact, and a table among the documents. */
  dealsAs: 'string',
  /** OPEN (usual) or SNOOZED. */
  pendingAs: 'string',
  /** What the system wrote: NOTE (usual), one for all, or PARTS. */
  historyAs: 'string',
  inboxes: 'number',
  widgets: 'number',
  seats: 'number',
};

const choices: Record<string, string[]> = {
  dealsAs: ['CUSTOM_OBJECT', 'CONTACT_ATTRIBUTES'],
  pendingAs: ['OPEN', 'SNOOZED'],
  historyAs: ['NOTE', 'PARTS'],
};

export function checkDestinationOptions(check: InputCheck, options: Record<string, unknown> | null | undefined): void {
  checkOptions(check, options, kinds);
  for (const [name, values] of Object.entries(choices)) {
    const value = options?.[name];
    if (typeof value === 'string' && !values.includes(value)) check.add(['options', name], `Use ${values.join(' or ')}.`);
  }
}
