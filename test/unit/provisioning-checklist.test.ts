import { expect, test } from 'vitest';
import { attributeDetails, nameDetails } from '../../src/domain/model/blocker-details.js';
import type { Connection } from '../../src/domain/model/connection.js';
import { gateFactsOf, type StoredGateFacts, startBlockers } from '../../src/domain/model/gates.js';
import { provisioningChecklist, type StoredCheck } from '../../src/domain/model/provisioning-checklist.js';

const connection: Connection = {
  id: 'c',
  projectId: 'p',
  side: 'DESTINATION',
  baseUrl: 'https://api.intercom.io',
  options: { placeholderTeammateEmail: 'migration@ege.example' },
  status: 'OK',
  detail: null,
  checkedAt: null,
  workspaceId: 'w1',
  workspaceName: 'Ege',
  missingPermissions: [],
};
const ali = { name: 'Ali Kaya', email: 'ali@ege.example' };
const stored: StoredGateFacts = {
  connections: [connection],
  confirmedMapping: { id: 'm1' } as StoredGateFacts['confirmedMapping'],
  newestMapping: null,
  provisioning: null,
  agents: [{ status: 'UNMATCHED', email: null, agents: 3, people: [ali] }],
  agentsKnown: true,
  signOff: null,
  newestSandbox: null,
  teammates: [{ environment: 'PRODUCTION', teammateId: '1', name: 'M', email: 'Migration@ege.example' }],
};
const check = (more: Partial<StoredCheck>): StoredCheck => ({
  code: 'TEAMS',
  state: 'OPEN',
  message: 'Create these teams.',
  details: nameDetails(['Destek']),
  workspaceId: 'w1',
  mappingVersionId: 'm1',
  checkedAt: new Date(0),
  ...more,
});
const listOf = (facts: Partial<StoredGateFacts> = {}, checks: StoredCheck[] = []) =>
  new Map(
    provisioningChecklist(gateFactsOf({ ...stored, ...facts }, 'PRODUCTION'), 'PRODUCTION', checks).map(item => [
      item.code,
      item,
    ]),
  );

test('missing teammates are named in the checklist and in the blocker', () => {
  const details = { kind: 'TEAMMATES', teammates: [ali], total: 3 };
  expect(listOf().get('TEAMMATES')).toMatchObject({ state: 'OPEN', details });
  const blockers = startBlockers(gateFactsOf(stored, 'PRODUCTION'), 'PRODUCTION');
  expect(blockers.find(({ code }) => code === 'AGENTS_NOT_RESOLVED')?.details).toEqual(details);
  expect(listOf({ agents: [] }).get('TEAMMATES')).toMatchObject({ state: 'DONE', details: null });
  expect(listOf({ agents: [], agentsKnown: false }).get('TEAMMATES')).toMatchObject({ state: 'UNKNOWN' });
});

test('the placeholder is DONE if it is a teammate, and named until then', () => {
  expect(listOf().get('PLACEHOLDER_TEAMMATE')).toMatchObject({ state: 'DONE' });
  expect(listOf({ teammates: [] }).get('PLACEHOLDER_TEAMMATE')).toMatchObject({
    state: 'OPEN',
    details: { teammates: [{ name: null, email: 'migration@ege.example' }] },
  });
  const unnamed = { connections: [{ ...connection, options: {} }] };
  expect(listOf(unnamed).get('PLACEHOLDER_TEAMMATE')).toMatchObject({ state: 'OPEN', details: null });
});

test('results of a run count only for its workspace, and those that depend on the mapping only for its mapping', () => {
  expect(listOf().get('TEAMS')).toMatchObject({ state: 'UNKNOWN', checkedAt: null });
  expect(listOf({}, [check({})]).get('TEAMS')).toMatchObject({ state: 'OPEN', details: { names: ['Destek'], total: 1 } });
  expect(listOf({}, [check({ workspaceId: 'w2' })]).get('TEAMS')).toMatchObject({ state: 'UNKNOWN', details: null });
  expect(listOf({}, [check({ mappingVersionId: 'm0' })]).get('TEAMS')).toMatchObject({ state: 'OPEN' });
  const done = check({ code: 'DEAL_TYPE', state: 'DONE', details: null });
  expect(listOf({}, [done]).get('DEAL_TYPE')).toMatchObject({ state: 'DONE' });
  expect(listOf({}, [{ ...done, mappingVersionId: 'm0' }]).get('DEAL_TYPE')).toMatchObject({ state: 'UNKNOWN' });
});

test('missing permissions are open, by the connection or by a refused call', () => {
  expect(listOf().get('PERMISSIONS')).toMatchObject({ state: 'UNKNOWN' });
  const failed: Connection = { ...connection, status: 'FAILED', missingPermissions: ['Read tags'] };
  expect(listOf({ connections: [failed] }).get('PERMISSIONS')).toMatchObject({
    state: 'OPEN',
    details: { names: ['Read tags'] },
  });
  const blockers = startBlockers(gateFactsOf({ ...stored, connections: [failed] }, 'PRODUCTION'), 'PRODUCTION');
  expect(blockers[0]).toMatchObject({ code: 'DESTINATION_CONNECTION_FAILED', details: { names: ['Read tags'] } });
  const refused = check({ code: 'PERMISSIONS', details: nameDetails(['Write tags']) });
  expect(listOf({}, [refused]).get('PERMISSIONS')).toMatchObject({ state: 'OPEN', details: { names: ['Write tags'] } });
});

test('without a workspace nothing is known; lists are bounded and count all', () => {
  const states = [...listOf({ connections: [], teammates: [] }).values()].map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['UNKNOWN']));
  const attribute = { model: 'contact' as const, name: 'a', type: 'string', problem: 'taken' };
  const details = attributeDetails(Array.from({ length: 250 }, () => attribute));
  expect(details).toMatchObject({ kind: 'ATTRIBUTES', total: 250, attributes: { length: 100 } });
  expect(nameDetails(['x'.repeat(1_000)])).toMatchObject({ names: [expect.stringMatching(/^x{254}…$/)] });
});
