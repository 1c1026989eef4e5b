import { expect, test } from 'vitest';
import type { PartDraft } from '../../src/domain/drafts/drafts.js';
import { withHistoryAsSent } from '../../src/domain/drafts/history-notes.js';
import { digestOfValue, editsIn, judged } from '../../src/domain/verify/human-edits.js';

const note = (messages: string[], times: number[], html: string, more: Partial<PartDraft> = {}): PartDraft => ({
  messages,
  continues: false,
  calls: [],
  recordings: [],
  files: [],
  kept: [],
  author: { kind: 'PLACEHOLDER_TEAMMATE' },
  type: 'note',
  createdAt: times.at(-1)!,
  times,
  html,
  plain: false,
  charactersRemoved: false,
  ...more,
});

test('a sent note of system logs stays as it was; later logs are a separate note', () => {
  const message = note(['9'], [25], '<p>x</p>', { times: undefined as never, createdAt: 25 });
  const whole = note(['1', '2', '3'], [10, 20, 30], '<p>Infoset system log<br>a<br>b<br>c</p>');
  const sent = new Map([
    ['MESSAGE 1', 'p1'],
    ['MESSAGE 2', 'p1'],
  ]);
  const parts = withHistoryAsSent([message, whole], sent);
  expect(parts.map(({ messages, createdAt, html }) => [messages, createdAt, html])).toEqual([
    [['1', '2'], 20, '<p>Infoset system log<br>a<br>b</p>'],
    [['9'], 25, '<p>x</p>'],
    [['3'], 30, '<p>Infoset system log<br>c</p>'],
  ]);
  const plain = note(['1', '2', '3'], [10, 20, 30], 'Infoset system log\na\nb\nc', { plain: true });
  expect(withHistoryAsSent([plain], sent).map(({ html }) => html)).toEqual(['Infoset system log\na\nb', 'Infoset system log\nc']);
  expect(withHistoryAsSent([whole], new Map())).toEqual([whole]);
});

test('a field that has changed since the read-back is an edit by a person; a field that was never read, or an element that was never there, is lost', () => {
  const verification = {
    outcomes: { ad: { different: 1 }, tags: { different: 1 }, phone: { different: 1 } },
    differences: [
      { field: 'ad', expected: 'a', actual: 'b' },
      { field: 'tags', expected: 'x, y', actual: '' },
      { field: 'phone', expected: '1', actual: '2' },
    ],
    read: {
      name: { fields: ['ad'], digest: digestOfValue('b') },
      tags: { fields: ['tags'], digest: '', present: [], lacking: ['x', 'y'] },
      phone: { fields: ['phone'], digest: digestOfValue('2') },
    },
  };
  const last = { name: digestOfValue('a'), 'tags[x]': '1', phone: digestOfValue('2') };
  expect([...editsIn(verification, last)].sort()).toEqual(['name', 'tags[x]']);
  const found = judged(verification, last);
  expect(found.edited).toEqual(['ad']);
  expect(found.verification.differences.map(({ field }) => field)).toEqual(['tags', 'phone']);
  expect(found.readValues).toEqual({ name: digestOfValue('a'), 'tags[x]': '1', phone: digestOfValue('2') });
  expect(judged(verification, {}).edited).toEqual([]);
});
