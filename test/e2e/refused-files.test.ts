import { beforeAll, expect, test } from 'vitest';
import { workspace } from '../support/destination.js';
import { documentNamed, textOf } from '../support/documents.js';
import { extract, issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { isMessage, produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, SETTLE_MS: '100', REQUEST_TIMEOUT_MS: '2000' }));
});

const files = [
  { id: 880_001, name: 'bir.png', size: 1_000 },
  { id: 880_002, name: 'iki.exe', size: 2_000 },
  { id: 880_003, name: 'üç.pdf', size: 3_000 },
  { id: 880_004, name: 'dört.exe', size: 4_000 },
  { id: 880_005, name: 'beş.mp4', size: 3_000_000 },
  { id: 880_006, name: 'altı.zip', size: 1_500_000 },
];

test('files that Intercom refuses are named and kept in the package; the others arrive, and nothing is sent twice', async () => {
  const infoset = await simulator(smallAccount(6));
  const { account } = infoset;
  for (const { id, size } of files) {
    const bytes = Buffer.alloc(size, String(id));
    account.blobs.files.set(String(id), { contentType: 'application/octet-stream', size, status: 200, bytes: () => bytes });
  }
  const ticket = account.all('tickets').find(each => account.logs(String(each.id)).length > 0)!;
  const log = account.logs(String(ticket.id))[0]!;
  const put = (id: number, content: string, ids: number[]) =>
    account.put('ticketlogs', {
      ...log,
      id,
      type: 'chat',
      isAgent: false,
      isInternal: false,
      isBot: false,
      userId: null,
      emailId: null,
      callId: null,
      content,
      attachments: files
        .filter(each => ids.includes(each.id))
        .map(each => ({ ...each, contentType: 'application/octet-stream', url: `/v1/files/${each.id}` })),
      createdDate: `2026-11-2${id % 10}T10:00:00Z`,
    });
  put(990_001, 'one of three', [880_001, 880_002, 880_003]);
  put(990_002, 'alone', [880_004]);
  put(990_003, 'broken off', [880_005]);
  put(990_004, 'too large for it', [880_006]);
  const intercom = await workspace({ refusedFiles: /\.exe$/, largestRequest: 3_500_000, largestFile: 1_400_000 });
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const conversation = () =>
    [...intercom.workspace.conversations.values()].find(each => each.custom_attributes.infoset_ticket_id === String(ticket.id))!;
  const shown = () =>
    conversation()
      .parts.filter(isMessage)
      .map(({ body, attachments }) => ({
        text: body!.replace(/<[^>]+>/g, ' ').trim(),
        files: attachments.map(each => each.name),
      }))
      .filter(({ text, files }) => files.length > 0 || /in the package|of the message before/.test(text));
  const ours = [
    { text: expect.stringContaining('one of three'), files: ['bir.png'] },
    { text: expect.stringMatching(/iki\.exe \(2000 bytes\), in the package as files\/880002-iki\.exe/), files: [] },
    { text: expect.stringContaining('of the message before: üç.pdf'), files: ['üç.pdf'] },
    { text: expect.stringMatching(/alone.*dört\.exe \(4000 bytes\), in the package/), files: [] },
    { text: expect.stringMatching(/broken off.*beş\.mp4 \(3000000 bytes\), in the package/), files: [] },
    { text: expect.stringMatching(/too large for it.*altı\.zip \(1500000 bytes\), in the package/), files: [] },
  ];
  const before = shown();
  expect(before).toEqual(expect.arrayContaining(ours));
  const { balanced, differences, rows } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);
  const row = rows.find(each => each.recordType === 'ATTACHMENT')!;
  expect(row.verified).toBe(row.loaded);
  const named = (await issuesOf(root, projectId)).filter(each => each.code === 'ATTACHMENT_NAMED');
  // The generated account has one of its own that is too large for any message.
  expect(
    named
      .map(each => each.sourceId!)
      .filter(id => id.startsWith('88000'))
      .sort(),
  ).toEqual(['880002', '880004', '880005', '880006']);
  const kept = await textOf(root, projectId, 'production/kept-files.csv');
  for (const name of ['iki.exe', 'dört.exe', 'beş.mp4', 'altı.zip']) expect(kept).toContain(name);
  expect((await documentNamed(root, projectId, 'production/recordings.zip')).byteSize).toBeGreaterThan(4_500_000);
  // A change at the source is written; messages and files are not written again.
  const { id } = conversation();
  account.put('tickets', { ...ticket, subject: 'Başka', updatedDate: '2026-11-26T00:00:00Z' });
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(conversation()).toMatchObject({ id, title: 'Başka' });
  expect(shown()).toEqual(before);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});

test('an article arrives without the one image that Intercom refuses', async () => {
  const infoset = await simulator(smallAccount(6));
  const { account } = infoset;
  const png = (size: number) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(size)]);
  for (const [id, size] of [
    [880_001, 1_000],
    [880_002, 2_000_000],
    [880_003, 3_000],
  ] as const) {
    const bytes = png(size);
    account.blobs.files.set(String(id), { contentType: 'image/png', size: bytes.length, status: 200, bytes: () => bytes });
  }
  const [article, other] = account.all('articles').filter(each => each.status === 'published' && !each.isInternal);
  const image = (id: number) => `<img src="/v1/files/${id}" alt="x">`;
  const link = `<a href="${article!.url}">buraya</a>`;
  Object.assign(article!, { html: `<p>Metin ${image(880_001)}${image(880_002)}${image(880_003)}</p>`, translations: [] });
  Object.assign(other!, { html: `<p>Bakın: ${link} ${image(880_002)}</p>`, translations: [] });
  // Titles are text, also inside another text.
  const internal = account.all('articles').find(each => each.isInternal)!;
  const translation = { language: 'en', title: '<i>A & B</i>', html: '<p>words</p>', status: 'published' };
  Object.assign(internal, { html: '<p>İç</p>', translations: [translation] });
  const intercom = await workspace({ largestImage: 1_000_000 });
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const { balanced, differences } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);
  const bodies = [...intercom.workspace.articles.values()].flatMap(each => Object.values(each.content).map(({ body }) => body));
  const imagesOf = (text: string) => bodies.find(body => body.includes(text))!.match(/<img\b/g)?.length ?? 0;
  const internals = [...intercom.workspace.internalArticles.values()].map(({ body }) => body);
  expect(internals.find(body => body.includes('İç'))).toContain('&lt;i&gt;A &amp; B&lt;/i&gt; (en)');
  expect(imagesOf('Metin')).toBe(2);
  expect(imagesOf('Bakın')).toBe(0);
  expect(bodies.find(body => body.includes('Bakın'))).toContain('>buraya</a>');
  const reported = (await issuesOf(root, projectId)).filter(each => each.message.includes('880002'));
  expect(reported.map(each => [each.code, each.sourceId]).sort()).toEqual(
    [article!, other!].map(each => ['ARTICLE_IMAGE_REMOVED', String(each.id)]).sort(),
  );
  const before = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(before);
});
