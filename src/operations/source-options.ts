import { z } from 'zod';
import { isKnownCountry } from '../domain/text/phone-number.js';
import { linkedTypes } from '../domain/text/source-pages.js';
import { knownTimeZone, usualTimeZone } from '../domain/text/time-zone.js';
import type { InputCheck } from './input-check.js';
import { checkOptions, count, flag, oneOf, text } from './option-check.js';

const withId = text().refine(path => path.includes('{id}'), 'Write {id} in place of the id.');
const recordUrl = text(500)
  .refine(url => url.includes('{id}'), 'Write {id} in place of the id.')
  .refine(url => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), 'Give a URL that begins with https:// or http://.');
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

export const sourceOptions = z
  .strictObject({
    loginEmail: text().describe(
      'Log in with this e-mail address; the secret is the password. Default: the secret is an API key.',
    ),
    profile: profile.describe(
      'Differences of the API of this account: pageSize, recordingPath, arrayStyle, parameters, fields, resources.',
    ),
    planCode: text().describe('Code of the plan, if the account does not return it.'),
    chatHistoryRetentionDays: count(0, 36_500).describe(
      'Days after which the plan deletes chats, if the account does not return it.',
    ),
    mailAccountLimit: count().describe('Mail accounts of the plan, if the account does not return it.'),
    chatWidgetLimit: count().describe('Chat widgets of the plan, if the account does not return it.'),
    recordingDownload: flag.describe('Whether the plan allows downloading recordings, if the account does not return it.'),
    timeZone: text()
      .refine(name => knownTimeZone(name) !== null, `Give an IANA time zone, for example ${usualTimeZone}.`)
      .describe('Time zone of dates without an offset: an IANA or Windows name. Default: the time zone of the account.'),
    // It is a part of keys, between colons.
    accountKey: text(100)
      .regex(/^[\w.-]+$/, 'Use letters, digits, dots, hyphens and underscores.')
      .describe('Id of the account in keys, if the account does not return it.'),
    defaultCountry: text()
      .refine(isKnownCountry, 'Give a country as two letters of ISO 3166, for example TR.')
      .describe('Country of telephone numbers without a country code: two letters of ISO 3166.'),
    recordUrls: z
      .partialRecord(oneOf(...linkedTypes), recordUrl)
      .describe(
        'Pages of the application that show a record, by its type, with {id}: `{"TICKET": "https://panel.example/tickets/{id}"}`. Default: the pages of dashboard.infoset.app, if the base URL is api.infoset.app.',
      ),
  })
  .partial();

export const checkSourceOptions = (check: InputCheck, given: Record<string, unknown>, field: string): void =>
  checkOptions(check, given, sourceOptions, field);
