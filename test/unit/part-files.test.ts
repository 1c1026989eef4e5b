import { expect, test } from 'vitest';
import type { FileDraft, PartDraft } from '../../src/domain/drafts/drafts.js';
import { asSent, filesApart, keyOf, namingFiles } from '../../src/domain/drafts/part-files.js';

const file = (id: string): FileDraft => ({ id, sha256: id, name: `${id}.txt`, contentType: 'text/plain', byteSize: 3 });
const part = (files: string[], more: Partial<PartDraft> = {}): PartDraft => ({
  messages: ['7'],
  continues: false,
  calls: [],
  recordings: [],
  files: files.map(file),
  kept: [],
  author: { kind: 'PLACEHOLDER_TEAMMATE' },
  type: 'comment',
  createdAt: 1,
  html: '<p>text</p>',
  plain: false,
  charactersRemoved: false,
  ...more,
});
const there = (sent: string[], carried: string[], kept: string[]) => ({
  sent: new Map(sent.map(key => [key, 'part'])),
  carried: new Map(carried.map(id => [id, 'part/0'])),
  kept: new Map(kept.map(id => [id, 'files/x'])),
});
const ids = (parts: PartDraft[]) =>
  parts.map(each => `${keyOf(each)}: ${each.files.map(({ id }) => id)} / ${each.kept.map(({ id }) => id)}`);

test('files that are refused together are sent separately, and a file that is refused alone is named', () => {
  const [first, second] = filesApart(part(['a', 'b']));
  expect(ids([first!, second!])).toEqual(['MESSAGE 7: a / ', 'ATTACHMENT b: b / ']);
  const named = namingFiles(second!, second!.files);
  expect(ids([named])).toEqual(['ATTACHMENT b:  / b']);
  expect(named.html).toContain('b.txt (3 bytes), in the package as files/b-b.txt');
  expect(namingFiles(part(['a'], { plain: true, html: 'text' }), [file('a')]).html).toMatch(/^text\nAttachment: a\.txt/);
});

test('after a crash at any moment the parts are the same', () => {
  const whole = [part(['a', 'b', 'c'])];
  // Nothing is there; all is there.
  expect(ids(asSent(whole, there([], [], [])))).toEqual(['MESSAGE 7: a,b,c / ']);
  expect(ids(asSent(whole, there(['MESSAGE 7'], ['a', 'b', 'c'], [])))).toEqual(['MESSAGE 7: a,b,c / ']);
  // The text was sent with a; b and c were not.
  const apart = ['MESSAGE 7: a / ', 'ATTACHMENT b: b / ', 'ATTACHMENT c: c / '];
  expect(ids(asSent(whole, there(['MESSAGE 7'], ['a'], [])))).toEqual(apart);
  expect(ids(asSent(whole, there(['MESSAGE 7', 'ATTACHMENT b'], ['a', 'b'], [])))).toEqual(apart);
  // a and c were refused.
  const named = ['MESSAGE 7:  / a', 'ATTACHMENT b: b / ', 'ATTACHMENT c:  / c'];
  expect(ids(asSent(whole, there(['MESSAGE 7', 'ATTACHMENT b', 'ATTACHMENT c'], ['b'], ['a', 'c'])))).toEqual(named);
  // The usual continuation of more than ten files is not taken apart.
  const more = part(['k', 'l'], { messages: [], continues: true });
  expect(ids(asSent([more], there(['ATTACHMENT k'], ['k', 'l'], [])))).toEqual(['ATTACHMENT k: k,l / ']);
});
