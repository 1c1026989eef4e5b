import { ownEntry } from '../domain/own-entry.js';
import type { InputCheck } from './input-check.js';

export type OptionKind = 'string' | 'number' | 'boolean' | 'object';

const kinds: Record<string, OptionKind> = {
  loginEmail: 'string',
  profile: 'object',
  planCode: 'string',
  chatHistoryRetentionDays: 'number',
  mailAccountLimit: 'number',
  chatWidgetLimit: 'number',
  recordingDownload: 'boolean',
  timeZone: 'string',
  accountKey: 'string',
  /** Of telephone numbers without a country code, as ISO 3166 names it. */
  defaultCountry: 'string',
};

/** Tells options that are unknown or of the wrong kind: one that is silently ignored would be a trap. */
export function checkOptions(
  check: InputCheck,
  options: Record<string, unknown> | null | undefined,
  kinds: Record<string, OptionKind>,
): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    const kind = ownEntry(kinds, name);
    if (!kind) check.add(['options', name], `Leave it out, or use one of ${Object.keys(kinds).join(', ')}.`);
    else if (typeof value !== kind || value === null || Array.isArray(value))
      check.add(['options', name], `Give a value of the kind ${kind}.`);
  }
}

export function checkSourceOptions(check: InputCheck, options: Record<string, unknown> | null | undefined): void {
  checkOptions(check, options, kinds);
  const profile = options?.profile;
  if (typeof profile !== 'object' || profile === null) return;
  for (const name of Object.keys(profile)) {
    if (!['pageSize', 'recordingPath', 'arrayStyle', 'parameters', 'fields', 'resources'].includes(name)) {
      check.add(['options', 'profile', name], 'Change pageSize, recordingPath, arrayStyle, parameters, fields or resources.');
    }
  }
}
