import type { InputCheck } from './input-check.js';

const kinds: Record<string, 'string' | 'number' | 'boolean' | 'object'> = {
  loginEmail: 'string',
  profile: 'object',
  planCode: 'string',
  chatHistoryRetentionDays: 'number',
  mailAccountLimit: 'number',
  chatWidgetLimit: 'number',
  recordingDownload: 'boolean',
  timeZone: 'string',
  accountKey: 'string',
};

/** Tells options that are unknown or of the wrong kind: one that is silently ignored would be a trap. */
export function checkSourceOptions(check: InputCheck, options: Record<string, unknown> | null | undefined): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    const kind = kinds[name];
    if (!kind) check.add(['options', name], `Leave it out, or use one of ${Object.keys(kinds).join(', ')}.`);
    else if (typeof value !== kind || value === null || Array.isArray(value))
      check.add(['options', name], `Give a value of the kind ${kind}.`);
  }
  const profile = options?.profile;
  if (typeof profile !== 'object' || profile === null) return;
  for (const name of Object.keys(profile)) {
    if (!['pageSize', 'arrayStyle', 'parameters', 'fields', 'resources'].includes(name)) {
      check.add(['options', 'profile', name], 'Change pageSize, arrayStyle, parameters, fields or resources.');
    }
  }
}
