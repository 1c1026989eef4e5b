import { z } from 'zod';
import { isKnownCountry } from '../domain/phone-number.js';
import { knownTimeZone, usualTimeZone } from '../domain/time-zone.js';
import type { InputCheck } from './input-check.js';
import { checkOptions, count, flag, oneOf, text } from './option-check.js';

const withId = text().refine(path => path.includes('{id}'), 'Write {id} where the id stands.');
const names = z.record(z.string(), text());

const resource = z
  .strictObject({
    path: text(),
    pathById: withId,
    parameters: names,
    parentParameter: text(),
    parentField: text(),
    sortBy: text(),
    references: names,
    observed: flag,
    nullIsNone: flag,
    since: flag,
  })
  .partial();

const profile = z
  .strictObject({
    pageSize: count(1, 1_000),
    recordingPath: withId,
    arrayStyle: z.record(z.string(), oneOf('repeat', 'comma')),
    parameters: z
      .strictObject({ page: text(), pageSize: text(), withTotal: text(), sortBy: text(), sortDirection: text(), since: text() })
      .partial(),
    fields: z
      .strictObject({ id: text(), createdAt: text(), updatedAt: text(), customFields: text(), channel: text(), tags: text() })
      .partial(),
    resources: z.record(z.string(), resource),
  })
  .partial();

const options = z
  .strictObject({
    loginEmail: text(),
    profile,
    planCode: text(),
    chatHistoryRetentionDays: count(0, 36_500),
    mailAccountLimit: count(),
    chatWidgetLimit: count(),
    recordingDownload: flag,
    /** Of times without an offset. */
    timeZone: text().refine(name => knownTimeZone(name) !== null, `Name a zone as IANA does, for example ${usualTimeZone}.`),
    // It stands in keys, between colons.
    accountKey: text(100).regex(/^[\w.-]+$/, 'Use letters, digits, dots, hyphens and underscores.'),
    /** Of telephone numbers without a country code. */
    defaultCountry: text().refine(isKnownCountry, 'Name a country by its two letters of ISO 3166, for example TR.'),
  })
  .partial();

export const checkSourceOptions = (check: InputCheck, given: Record<string, unknown> | null | undefined): void =>
  checkOptions(check, given, options);
