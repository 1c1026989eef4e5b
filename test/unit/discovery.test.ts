import { describe, expect, test } from 'vitest';
import { complexityOf } from '../../src/domain/discovery/complexity.js';
import { constraintCodes } from '../../src/domain/discovery/constraint.js';
import { constraintsOf } from '../../src/domain/discovery/constraints.js';
import { discoveredCounts } from '../../src/domain/discovery/counts.js';
import { estimateOf, extractionSecondsP90 } from '../../src/domain/discovery/estimate.js';
import type { DiscoveryFacts, FieldFacts } from '../../src/domain/discovery/facts.js';
import type { RecordType } from '../../src/domain/model/record-type.js';
import { discovery, facts, readOf } from '../support/discovery-facts.js';

const field = (name: string, more: Partial<FieldFacts> = {}): FieldFacts => ({
  recordType: 'CONTACT',
  action: 'CREATE_ATTRIBUTE',
  targetPath: `contact.custom_attributes.${name}`,
  confidence: 0.9,
  losses: [],
  ...more,
});
const attributes = (count: number) => Array.from({ length: count }, (_, n) => field(`f${n}`));

const found = (code: string, given: Partial<DiscoveryFacts>) => constraintsOf(facts(given)).filter(each => each.code === code);

describe('constraints', () => {
  test('an unknown account has agents to invite, a help center to create, seats and Fin', () => {
    expect(constraintsOf(facts()).map(({ code, severity }) => [code, severity])).toEqual([
      ['TEAMMATES_MISSING', 'WARNING'],
      ['SEATS', 'INFO'],
      ['FIN_USAGE', 'INFO'],
    ]);
    expect(constraintsOf(facts({ discovery: discovery({ TICKET: 0, CONTACT: 0, AGENT: 0, ARTICLE: 0 }) }))).toEqual([]);
    // A listing that reports no number may have records.
    expect(found('TEAMMATES_MISSING', { discovery: discovery({ AGENT: null }) })).toHaveLength(1);
  });

  test('agents without a teammate block the load, until all are resolved', () => {
    const [missing] = found('TEAMMATES_MISSING', { agents: { known: 12, open: 3 } });
    expect(missing).toMatchObject({ severity: 'ERROR', message: expect.stringContaining('3 of 12') });
    expect(found('TEAMMATES_MISSING', { agents: { known: 12, open: 0 } })).toEqual([]);
  });

  test('attributes of contacts and companies are counted together, each target once', () => {
    expect(found('ATTRIBUTE_LIMIT', { fields: attributes(100) })).toEqual([]);
    expect(found('ATTRIBUTE_LIMIT', { fields: attributes(220) })).toMatchObject([{ severity: 'WARNING' }]);
    const companies = attributes(150).map((each, n) => ({ ...each, targetPath: `company.custom_attributes.c${n}` }));
    expect(found('ATTRIBUTE_LIMIT', { fields: [...attributes(150), ...companies] })).toMatchObject([{ severity: 'ERROR' }]);
    expect(found('ATTRIBUTE_LIMIT', { fields: [...attributes(150), ...attributes(150)] })).toEqual([]);
    const ignored = attributes(300).map(each => ({ ...each, action: 'IGNORE' as const }));
    expect(found('ATTRIBUTE_LIMIT', { fields: ignored })).toEqual([]);
    const conversations = attributes(300).map((each, n) => ({ ...each, targetPath: `conversation.custom_attributes.t${n}` }));
    expect(found('ATTRIBUTE_LIMIT', { fields: conversations })).toMatchObject([
      { severity: 'ERROR', message: expect.stringContaining('conversations') },
    ]);
  });

  test('a help center and its languages', () => {
    const given = { discovery: discovery({ ARTICLE: 20 }), languages: ['en', 'tr'] };
    expect(found('HELP_CENTER_REQUIRED', given)).toHaveLength(1);
    expect(found('HELP_CENTER_LANGUAGES', given)).toMatchObject([
      { severity: 'WARNING', message: expect.stringContaining('en, tr') },
    ]);
    expect(found('HELP_CENTER_LANGUAGES', { ...given, languages: ['tr'] })).toMatchObject([{ severity: 'INFO' }]);
    expect(found('HELP_CENTER_REQUIRED', { discovery: discovery({ ARTICLE: null }) })).toEqual([]);
  });

  test('deals need a type, unless it was found or deals become attributes', () => {
    const given = { discovery: discovery({ DEAL: 7 }) };
    expect(found('DEAL_TYPE_MISSING', given)).toHaveLength(1);
    expect(found('DEAL_TYPE_MISSING', { ...given, dealTypeFound: true })).toEqual([]);
    expect(found('DEAL_TYPE_MISSING', { ...given, dealsAs: 'CONTACT_ATTRIBUTES' })).toEqual([]);
  });

  test('mail accounts, widgets and seats against both plans; only active ones need a place in Intercom', () => {
    const account = discovery({ MAIL_ACCOUNT: 9, CHAT_WIDGET: 3, AGENT: 10 });
    account.plan = { ...account.plan, mailAccountLimit: 5, chatWidgetLimit: 3 };
    const given = { discovery: account, limits: { inboxes: 4, widgets: 2, seats: 6 } };
    expect(found('MAIL_ACCOUNTS_OVER_PLAN', given).map(({ severity }) => severity)).toEqual(['WARNING', 'INFO']);
    expect(found('CHAT_WIDGETS_OVER_PLAN', given).map(({ severity }) => severity)).toEqual(['WARNING']);
    expect(found('SEATS', given)).toMatchObject([{ severity: 'WARNING' }]);
    const active = { agents: 6, mailAccounts: 4, chatWidgets: 2, campaigns: [] };
    expect(found('MAIL_ACCOUNTS_OVER_PLAN', { ...given, active }).map(({ severity }) => severity)).toEqual(['INFO']);
    expect(found('SEATS', { ...given, active })).toMatchObject([{ severity: 'INFO', recommendation: null }]);
  });

  test('telephone numbers that are refused, campaigns, recordings', () => {
    const losses = [{ code: 'PHONE_REFUSED' as const, affectedRecords: 12, message: '' }];
    expect(found('PHONE_VALIDATION', { fields: [field('a', { losses }), field('b', { losses })] })).toMatchObject([
      { message: expect.stringMatching(/^24 /) },
    ]);
    const campaigns = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    const active = { agents: 0, mailAccounts: 0, chatWidgets: 0, campaigns };
    expect(found('ACTIVE_CAMPAIGNS', { active })).toMatchObject([{ message: expect.stringContaining('five and 2 more') }]);
    const account = discovery({ CALL: 3 });
    account.plan = { ...account.plan, recordingDownload: false };
    expect(found('RECORDINGS_NOT_DOWNLOADABLE', { discovery: account })).toHaveLength(1);
  });

  test('errors come first, and every code is declared', () => {
    const constraints = constraintsOf(facts({ agents: { known: 3, open: 1 }, fields: attributes(220), languages: ['tr', 'de'] }));
    expect(constraints[0]).toMatchObject({ severity: 'ERROR' });
    expect(constraints.at(-1)).toMatchObject({ severity: 'INFO' });
    for (const { code, message } of constraints) {
      expect(constraintCodes).toContain(code);
      expect(message).toMatch(/\.$/);
    }
  });
});

describe('estimate', () => {
  test('it grows with the records, and the 90 % bound is later', () => {
    const small = estimateOf(facts());
    const large = estimateOf(facts({ discovery: discovery({ TICKET: 10_000, CONTACT: 5_000 }) }));
    expect(large.apiCalls).toBeGreaterThan(9 * small.apiCalls);
    expect(large.secondsP50).toBeGreaterThan(9 * small.secondsP50);
    for (const { secondsP50, secondsP90, apiCalls, callsPerMinute } of [small, large]) {
      expect(secondsP90).toBeGreaterThan(secondsP50);
      expect(Math.abs((callsPerMinute * secondsP50) / 60 / apiCalls - 1)).toBeLessThan(0.05);
    }
  });

  test('it uses the counts of an extraction instead of assumptions', () => {
    const read = readOf({ TICKET: 1_000, MESSAGE: 2_000, CONTACT: 500, ATTACHMENT: 0, RECORDING: 0 });
    // 2 × 1,000 for the children of tickets, 20 more pages, no mails; then 5 a ticket, 1 a message, 3 a contact.
    expect(estimateOf(facts({ read, emails: 0 })).apiCalls).toBe(2_020 + 5_000 + 2_000 + 1_500);
    expect(estimateOf(facts({ read, emails: 300 })).apiCalls).toBe(300 + 2_020 + 5_000 + 2_000 + 1_500);
  });

  test('a lower limit of the workspace takes longer; a measured rate narrows the interval', () => {
    const stated = estimateOf(facts());
    const limited = estimateOf(facts({ callLimitPerMinute: 500 }));
    expect(limited.apiCalls).toBe(stated.apiCalls);
    expect(limited.secondsP50).toBeGreaterThan(stated.secondsP50);
    const run = { apiCalls: 6_000, seconds: 60 };
    const measured = estimateOf(facts({ measured: { extraction: run, load: run } }));
    expect(measured.callsPerMinute).toBeCloseTo(6_000, -3);
    expect(measured.secondsP90 / measured.secondsP50).toBeLessThan(stated.secondsP90 / stated.secondsP50);
    // A run of a few calls is not a measurement.
    const short = { apiCalls: 20, seconds: 60 };
    expect(estimateOf(facts({ measured: { extraction: short, load: short } }))).toEqual(stated);
  });

  test('an empty account costs nothing, and no number is larger than an Int', () => {
    expect(estimateOf(facts({ discovery: discovery({}) }))).toEqual({
      apiCalls: 0,
      callsPerMinute: 1,
      secondsP50: 0,
      secondsP90: 0,
    });
    const huge = estimateOf(facts({ discovery: discovery({ TICKET: 2 ** 31 - 1 }), callLimitPerMinute: 1 }));
    for (const value of Object.values(huge)) expect(value).toBeLessThan(2 ** 31);
  });

  test('each page of a listing is a call, and a refused listing costs none', () => {
    const listing = (available: boolean) => ({
      resource: 'contacts',
      recordType: 'CONTACT' as const,
      available,
      reason: null,
      count: 250,
    });
    const seconds = (available: boolean) =>
      extractionSecondsP90(facts({ discovery: discovery({}, { resources: [listing(available)] }) }));
    expect(seconds(true)).toBeGreaterThan(0);
    expect(seconds(false)).toBe(0);
  });
});

describe('complexity', () => {
  const gradesOf = (given: Partial<DiscoveryFacts>) =>
    Object.fromEntries(complexityOf(facts(given)).factors.map(({ name, grade }) => [name, grade]));

  test('five factors with reasons; a small, clear account is easy', () => {
    const { grade, factors } = complexityOf(facts({ fields: attributes(20) }));
    expect(grade).toBe('A');
    expect(factors.map(({ name }) => name)).toEqual([
      'OBJECT_COMPATIBILITY',
      'FIELD_MAPPING',
      'TIMELINE',
      'API_CONSTRAINTS',
      'VOLUME',
    ]);
    for (const { reason } of factors) expect(reason).toMatch(/\.$/);
  });

  test('each factor by its own facts', () => {
    expect(gradesOf({ fields: null }).FIELD_MAPPING).toBe('C');
    const undecided = attributes(20).map((each, n) => (n < 10 ? { ...each, action: 'UNDECIDED' as const } : each));
    expect(gradesOf({ fields: undecided }).FIELD_MAPPING).toBe('D');
    expect(gradesOf({ discovery: discovery({ AUTOMATION: 200 }) }).OBJECT_COMPATIBILITY).toBe('D');
    expect(gradesOf({ discovery: discovery({ DEAL: 1 }) }).OBJECT_COMPATIBILITY).toBe('B');
    expect(gradesOf({ discovery: discovery({ TICKET: 3_000_000 }) })).toMatchObject({ VOLUME: 'D', TIMELINE: 'D' });
    const refused = { resource: 'tickets', recordType: 'TICKET' as const, available: false, reason: '403', count: null };
    expect(gradesOf({ discovery: discovery({}, { resources: [refused] }) }).API_CONSTRAINTS).toBe('D');
    expect(gradesOf({ fields: attributes(220) }).API_CONSTRAINTS).toBe('B');
  });

  test('chats that expire soon make the timeline tight, until they are staged', () => {
    const expiring = (daysRemaining: number) => {
      const content = discovery({ TICKET: 100 });
      content.retention = { ...content.retention, windowDays: 90, daysRemaining, atRisk: 5 };
      return content;
    };
    expect([60, 10, 2, 0].map(days => gradesOf({ discovery: expiring(days) }).TIMELINE)).toEqual(['A', 'B', 'C', 'D']);
    expect(gradesOf({ discovery: expiring(0), read: readOf({ TICKET: 100 }) }).TIMELINE).toBe('A');
  });

  test('the grade is at most one better than the worst factor', () => {
    const refused = { resource: 'contacts', recordType: 'CONTACT' as const, available: false, reason: '403', count: null };
    const account = discovery({ TICKET: 10 }, { resources: [refused] });
    expect(complexityOf(facts({ fields: attributes(20), discovery: account })).grade).toBe('C');
  });
});

test('counts of messages, files and recordings are added after an extraction, null if the source reports none', () => {
  const counted = [
    { recordType: 'TICKET' as const, source: 10 },
    { recordType: 'ARTICLE' as const, source: null },
  ];
  expect(discoveredCounts(counted, [])).toEqual(counted);
  const read = (recordType: RecordType, source: number | null, staged: number) => ({ recordType, source, staged });
  expect(
    discoveredCounts(counted, [read('TICKET', 11, 11), read('MESSAGE', 70, 70), read('RECORDING', null, 3), read('TEAM', 1, 1)]),
  ).toEqual([
    { recordType: 'TICKET', source: 10, staged: 11 },
    { recordType: 'ARTICLE', source: null },
    { recordType: 'MESSAGE', source: 70, staged: 70 },
    { recordType: 'RECORDING', source: null, staged: 3 },
  ]);
});
