import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Item } from '../../src/simulators/infoset/account.js';
import { generateAccount } from '../../src/simulators/infoset/generator/generate.js';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { fixedNow, smallAccount } from '../support/extraction.js';

let infoset: InfosetSimulator;
beforeAll(async () => {
  infoset = await startInfosetSimulator(smallAccount(120));
  return () => infoset.close();
});

async function get(path: string, headers: Record<string, string> = { 'x-api-key': infoset.settings.credentials.apiKey }) {
  const response = await fetch(infoset.url + path, { headers });
  const text = await response.text();
  let json: Item | null = null;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the test looks at the text.
  }
  return { status: response.status, headers: response.headers, text, json: json as Item };
}

test('pages: from 1, cut to 100, the total only on demand, sorted, filtered', async () => {
  const total = infoset.account.all('tickets').length;
  const first = await get('/v1/tickets?Page=1&ItemsPerPage=500&ReturnTotalItems=true&sortCol=updatedDate&sortDir=asc');
  expect(first.json.items).toHaveLength(100);
  expect(first.json.totalItems).toBe(total);
  expect((await get('/v1/tickets?Page=2&ItemsPerPage=100')).json).toMatchObject({ totalItems: 0 });
  expect((await get('/v1/tickets?Page=2&ItemsPerPage=100&sortCol=updatedDate&sortDir=asc')).json.items).toHaveLength(total - 100);
  const times = first.json.items.map((item: Item) => infoset.account.time(item.updatedDate));
  expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));
  const open = await get('/v1/tickets?Status=1&Status=2&ReturnTotalItems=true');
  expect(open.json.totalItems).toBe(infoset.account.all('tickets').filter(each => each.status === 1 || each.status === 2).length);
  const owned = await get('/v1/tickets?OwnerIds=4021,4022&ReturnTotalItems=true');
  expect(owned.json.totalItems).toBe(
    infoset.account.all('tickets').filter(each => each.ownerIds.some((id: number) => id === 4021 || id === 4022)).length,
  );
  const since = new Date(fixedNow.getTime() - 90 * 86_400_000).toISOString();
  const recent = await get(`/v1/tickets?FromUpdatedDate=${since}&ReturnTotalItems=true`);
  expect(recent.json.totalItems).toBe(
    infoset.account.all('tickets').filter(each => infoset.account.time(each.updatedDate) >= Date.parse(since)).length,
  );
  expect(
    (await get('/v1/customfields?LinkedType=ticket&ReturnTotalItems=true')).json.items.every(
      (each: Item) => each.linkedType === 'ticket',
    ),
  ).toBe(true);
  expect((await get('/v1/tickets/logs')).status).toBe(400);
});

test('both kinds of login; missing and wrong keys are 401; a key has no /users/me', async () => {
  const { email, password } = infoset.settings.credentials;
  const logIn = (secret: string) =>
    fetch(`${infoset.url}/v1/login/token`, {
      method: 'POST',
      body: JSON.stringify({ email, password: secret, remember: false }),
    });
  const token = await (await logIn(password)).text();
  expect(token.split('.')).toHaveLength(3);
  expect((await get('/v1/users/me', { authorization: `Bearer ${token}` })).json.id).toBe(4021);
  expect((await get('/v1/users/me', { authorization: `Bearer ${token}x` })).status).toBe(401);
  expect((await logIn('wrong')).status).toBe(401);
  expect((await get('/v1/contacts', {})).status).toBe(401);
  expect((await get('/v1/contacts', { 'x-api-key': 'wrong' })).status).toBe(401);
  expect((await get('/v1/users/me')).status).toBe(403);
});

test('details, 404s, and report data in a call of its own', async () => {
  expect((await get('/v1/contacts/9001')).json.id).toBe(9001);
  expect((await get('/v1/contacts/1')).status).toBe(404);
  expect((await get('/v1/email/350')).status).toBe(404);
  expect((await get('/v1/reports')).json.items[0].data).toBeUndefined();
  expect((await get('/v1/reports/ticket-volume/data')).json.columns).toEqual(['date', 'count']);
  expect((await get('/v1/nothing/1')).text).toContain('<html>');
});

test('files and recordings with ranges; missing, expired, forbidden and truncated ones', async () => {
  const account = await startInfosetSimulator(ownUrl => generateAccount({ tickets: 400, seed: 1, now: fixedNow }, ownUrl));
  onTestFinished(() => account.close());
  const headers = { 'x-api-key': account.settings.credentials.apiKey };
  const fetched = (path: string, range?: string) =>
    fetch(account.url + path, { headers: { ...headers, ...(range ? { range } : {}) } });
  const whole = await fetched('/v1/files/5');
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(whole.headers.get('content-length')).toBe(String(bytes.length));
  const part = await fetched('/v1/files/5', 'bytes=10-19');
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
  expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes.length}`);
  expect((await fetched('/v1/files/5', `bytes=${bytes.length}-`)).status).toBe(416);
  expect((await fetched('/v1/files/7')).status).toBe(404);
  const statuses = new Set(account.account.all('recordings').map(each => each.status));
  expect([...statuses].sort()).toEqual([200, 403, 410]);
  for (const status of statuses) {
    const { callId } = account.account.all('recordings').find(each => each.status === status)!;
    expect((await fetched(`/v1/calls/${callId}/recording`)).status).toBe(status);
  }
});

test('a limit by window, with the header of the remaining calls, and 429 without Retry-After', async () => {
  const limited = await startInfosetSimulator(smallAccount(10), { limit: { calls: 2, windowMs: 60_000 } });
  onTestFinished(() => limited.close());
  const call = () => fetch(`${limited.url}/v1/teams`, { headers: { 'x-api-key': limited.settings.credentials.apiKey } });
  const answers = [await call(), await call(), await call()];
  expect(answers.map(each => [each.status, each.headers.get('x-ratelimit-remaining')])).toEqual([
    [200, '1'],
    [200, '0'],
    [429, '0'],
  ]);
  expect(answers[2]!.headers.get('retry-after')).toBeNull();
});

test('the control port edits, adds and deletes records, orders faults and moves the clock', async () => {
  const control = (method: string, path: string, body?: object) =>
    fetch(infoset.controlUrl + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  await control('PUT', '/records/teams', { id: 99, name: 'Neu' });
  expect((await get('/v1/teams')).json.items.at(-1)).toEqual({ id: 99, name: 'Neu' });
  await control('DELETE', '/records/teams/99');
  expect((await get('/v1/teams')).json.items).toHaveLength(4);
  await control('POST', '/faults', { kind: 'SERVER_ERROR', times: 1, path: '/v1/teams' });
  expect([(await get('/v1/users')).status, (await get('/v1/teams')).status, (await get('/v1/teams')).status]).toEqual([
    200, 502, 200,
  ]);
  expect(((await (await control('GET', '/calls')).json()) as { faults: object }).faults).toEqual({ SERVER_ERROR: 1 });
  await control('PUT', '/clock', { now: '2027-06-01T00:00:00Z' });
  expect((await get('/v1/teams')).headers.get('date')).toBe('Tue, 01 Jun 2027 00:00:00 GMT');
  // Every chat is older than the plan keeps it now.
  const chats = infoset.account.all('ticketlogs').filter(each => each.type === 'chat');
  expect(chats.length).toBeGreaterThan(0);
  for (const { ticketId } of chats.slice(0, 5)) {
    expect((await get(`/v1/tickets/logs?TicketId=${ticketId}`)).json.items.filter((each: Item) => each.type === 'chat')).toEqual(
      [],
    );
  }
  expect((await control('PUT', '/nonsense', {})).status).toBe(404);
});

test('the generator: the same for the same seed, another for another, with every quirk of the contract', () => {
  const make = (seed: number) => generateAccount({ tickets: 400, seed, now: fixedNow }, () => 'http://x');
  const text = (seed: number) =>
    JSON.stringify(['contacts', 'tickets', 'ticketlogs', 'articles'].map(table => make(seed).all(table as 'contacts')));
  expect(text(1)).toBe(text(1));
  expect(text(1)).not.toBe(text(2));
  const account = make(1);
  const [contacts, tickets] = [account.all('contacts'), account.all('tickets')];
  const logCounts = tickets.map(
    ticket => [...account.all('ticketlogs')].filter(log => String(log.ticketId) === String(ticket.id)).length,
  );
  expect(logCounts).toEqual(expect.arrayContaining([0, 1, 1250]));
  expect(contacts.some(each => !each.email && !each.phone)).toBe(true);
  const emails = contacts.map(each => String(each.email).toLowerCase()).filter(Boolean);
  expect(new Set(emails).size).toBeLessThan(emails.length);
  for (const kind of ['string', 'object'])
    expect(contacts.some(each => typeof each.customFields === kind && each.customFields)).toBe(true);
  expect(contacts.some(each => Array.isArray(each.customFields))).toBe(true);
  const companies = account.all('companies');
  expect(companies.find(each => each.id === 501)?.parentCompanyId).toBe(502);
  expect(companies.find(each => each.id === 502)?.parentCompanyId).toBe(501);
  expect(tickets.some(each => each.status === 7) && tickets.some(each => each.mergedIntoId)).toBe(true);
  const dates = contacts.map(each => each.createdDate as string);
  for (const form of [/\.\d{3}Z$/, /\dZ$/, /\+03:00$/, /T[\d:.]{12}$/])
    expect(
      dates.some(date => form.test(date)),
      String(form),
    ).toBe(true);
  expect(JSON.stringify(contacts)).toMatch(/\\u0000/);
});
