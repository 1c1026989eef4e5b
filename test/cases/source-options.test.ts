import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { connectDestination, workspace } from '../support/destination.js';
import { connectedProject, ended, simulator, startRun } from '../support/extraction.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('an unknown time zone stops the extraction, and its blocker says what to do', async () => {
  const account = accountOf({ contacts: [contact(1001)], tickets: [ticket(1)], ticketlogs: [log(1, 1, { content: 'a' })] });
  const infoset = await simulator(() => {
    const made = account();
    made.account.timeZone = '(UTC+03:00) İstanbul';
    return made;
  });
  const projectId = await connectedProject(root, infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  const blocked = await ended(root, run.id);
  expect(blocked).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'TIME_ZONE_UNKNOWN' }] });
  expect(blocked.blockedBy[0]!.message).toContain('timeZone');
  const options = (timeZone: string) => ({ timeZone });
  const set = async (timeZone: string) =>
    root.mutate(
      'setConnection',
      'SetConnectionInput',
      {
        projectId,
        side: 'SOURCE',
        baseUrl: infoset.url,
        secret: infoset.settings.credentials.apiKey,
        options: options(timeZone),
      },
      'connection { status } userErrors { code path }',
    );
  expect((await set('Türkiye')).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'options', 'timeZone'] }]);
  expect((await set('Turkey Standard Time')).connection.status).toBe('OK');
  await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }');
  expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
});

test('options are checked when they are set', async () => {
  const infoset = await simulator(accountOf({ contacts: [contact(1001)] }));
  const intercom = await workspace();
  const projectId = await connectedProject(root, infoset);
  const refused = async (side: string, options: object) => {
    const { userErrors } = await root.mutate(
      'setConnection',
      'SetConnectionInput',
      { projectId, side, baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey, options },
      'userErrors { code path }',
    );
    return userErrors.map((each: { path: string[] }) => each.path.slice(2).join('.'));
  };
  const wrong: [side: string, options: object, paths: string[]][] = [
    ['SOURCE', { timeZone: 'local' }, ['timeZone']],
    ['SOURCE', { defaultCountry: 'Türkiye' }, ['defaultCountry']],
    [
      'SOURCE',
      { chatHistoryRetentionDays: -1, mailAccountLimit: 1.5, chatWidgetLimit: 1e300 },
      ['chatHistoryRetentionDays', 'mailAccountLimit', 'chatWidgetLimit'],
    ],
    ['SOURCE', { accountKey: 'a:b', planCode: ' ', loginEmail: '' }, ['loginEmail', 'planCode', 'accountKey']],
    [
      'SOURCE',
      { profile: { pageSize: 0, recordingPath: '/x', arrayStyle: { a: 'both' } } },
      ['profile.pageSize', 'profile.recordingPath', 'profile.arrayStyle.a'],
    ],
    [
      'SOURCE',
      { profile: { resources: { teams: { path: 5, shape: 'PAGES' } }, fields: { nonsense: 'x' } } },
      ['profile.fields.nonsense', 'profile.resources.teams.path', 'profile.resources.teams.shape'],
    ],
    [
      'DESTINATION',
      { placeholderTeammateEmail: 'nobody', region: 'XX', seats: -3 },
      ['placeholderTeammateEmail', 'region', 'seats'],
    ],
    ['DESTINATION', { replyHtml: 'no', historyAs: 'ALL' }, ['replyHtml', 'historyAs']],
  ];
  for (const [side, options, paths] of wrong) expect.soft((await refused(side, options)).sort()).toEqual(paths.sort());
  for (const options of [{ defaultCountry: 'de' }, { timeZone: 'W. Europe Standard Time' }, { accountKey: 'ege-1' }])
    expect.soft(await refused('SOURCE', options)).toEqual([]);
  await connectDestination(root, projectId, intercom, 'DESTINATION', { seats: 3, region: 'US' });
});
