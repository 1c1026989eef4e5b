import { beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/simulators/intercom/workspace.js';
import { workspace } from '../support/destination.js';
import { extract, issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('the help center: the tree to three levels, texts in their languages, images hosted again, links to the new articles', async () => {
  const infoset = await simulator(smallAccount(20));
  const { account } = infoset;
  const [target, source] = account
    .all('articles')
    .filter(each => each.status === 'published' && !each.isInternal && each.translations.length > 0);
  const draft = account.all('articles').find(each => each.status === 'draft')!;
  const link = (id: unknown, language: string, tail = '') => `https://infoset.help/ege/${language}/articles/${id}-x${tail}`;
  source!.html = [
    `<h1>Başlık</h1><h3>Alt</h3><p><a href="${link(target!.id, 'tr', '?utm=1&amp;p=2#bas')}">mutlak</a> <a href="/ege/tr/articles/${target!.id}-x">kök</a>`,
    ` <a href="./${target!.id}-x#y">göreli</a> <a href="#yer">çapa</a> <a href="${link(target!.id, 'en')}">diğer dil</a>`,
    ` <a href="${link(999_999, 'tr')}">kırık</a> <a href="/dynamics/x">yok</a> <a href="${link(draft.id, 'tr')}">taslak</a>`,
    ' <a href="https://ornek.example/a?b=1">dış</a></p>',
    '<p><img src="/v1/files/70001" alt="ekran"><img src="/v1/files/70002"><img src="/v1/files/70003"></p>',
    '<ul><li>bir<table><tr><td>iç</td></tr></table></li></ul>',
    '<table><tr><td>dış<table><tr><td>iç</td></tr></table></td></tr></table>',
  ].join('');
  const ticket = account.all('tickets').find(each => each.contactId && account.logs(String(each.id)).length > 0)!;
  for (const [id, content] of [
    [990_001, `Bkz. <a href="${link(target!.id, 'en')}">bu <b>yazı</b></a>, <a href="${link(draft.id, 'tr')}">şu taslak</a>`],
    [990_002, `Düz metin: ${link(target!.id, 'tr')}. Ana sayfa: https://infoset.help/ege`],
  ] as const) {
    const answer = {
      isAgent: true,
      isInternal: false,
      isBot: false,
      callId: null,
      network: null,
      contactId: null,
      attachments: [],
    };
    const userId = account.all('users')[0]!.id;
    const about = { ticketId: ticket.id, userId, type: 'chat', createdDate: `2026-11-20T10:00:0${id - 990_000}Z` };
    account.put('ticketlogs', { ...answer, ...about, id, content });
  }
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const { balanced, rows, differences, fields } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(rows.filter(each => !each.balanced)).toEqual([]);
  expect(balanced).toBe(true);
  expect(run.state).toBe('SUCCEEDED');
  expect(fields.find(each => each.recordType === 'ARTICLE' && each.field === 'html')).toMatchObject({ different: 0 });
  expect(fields.find(each => each.recordType === 'ARTICLE' && each.field === 'html')!.lossy).toBeGreaterThan(0);

  const { collections, articles, internalArticles, images } = intercom.workspace;
  expect(collections.size).toBe(account.all('articlecategories').length);
  const depth = (id: string | null): number => (id === null ? 0 : 1 + depth(collections.get(id)!.parent_id));
  expect(Math.max(...[...collections.keys()].map(depth))).toBe(3);
  const issues = await issuesOf(root, projectId);
  expect(issues.filter(each => each.code === 'CATEGORY_FOLDED').map(each => each.sourceId)).toEqual(['13']);
  const folded = [...collections.values()].find(each => each.name === 'Kategori 3')!;
  expect(collections.get(folded.parent_id!)!.name).toBe('Kategori 1');
  expect(folded.translated_content.en.name).toBe('Category 3');

  const open = account.all('articles').filter(each => !each.isInternal);
  expect(articles.size).toBe(open.length);
  expect(internalArticles.size).toBe(account.all('articles').length - open.length);
  const made = (title: unknown): Article => [...articles.values()].find(each => each.content.tr!.title === title)!;
  for (const each of open) {
    const { content } = made(each.title);
    expect(content.tr!.state, each.title).toBe(each.status);
    for (const translation of each.translations)
      expect(content[translation.language], each.title).toMatchObject({ title: translation.title, state: translation.status });
  }
  // In each collection in the source's order, because a position cannot be set.
  const inOrder = open.toSorted((a, b) => a.order - b.order || a.id - b.id);
  const placeOf = (article: Article) => inOrder.findIndex(each => each.title === article.content.tr!.title);
  for (const [collection, held] of Map.groupBy(articles.values(), ({ parent_id }) => parent_id)) {
    const places = held.map(placeOf);
    expect(places, `collection ${collection}`).toEqual(places.toSorted((a, b) => a - b));
  }
  // Several collections are filled at the same time.
  expect([...articles.values()].map(placeOf)).not.toEqual(inOrder.map((_, place) => place));
  const there = made(source!.title).content.tr!.body;
  const to = made(target!.title);
  const url = (language: string) => `https://help.ege.example/${language}/articles/${to.id}-`;
  const hrefs = [...there.matchAll(/<a href="([^"]*)">([^<]*)</g)].map(([, href, words]) => [words, href]);
  expect(Object.fromEntries(hrefs)).toEqual({
    mutlak: expect.stringMatching(new RegExp(`^${url('tr')}.*\\?utm=1&amp;p=2#bas$`)),
    kök: expect.stringContaining(url('tr')),
    göreli: expect.stringMatching(/#y$/),
    çapa: '#yer',
    'diğer dil': expect.stringContaining(url('en')),
    dış: 'https://ornek.example/a?b=1',
  });
  for (const words of ['kırık', 'yok', 'taslak']) expect(there).toContain(words);
  expect(there.match(/<img/g)).toHaveLength(1);
  expect(there).toMatch(/<img src="https:\/\/downloads\.intercomcdn\.com\/[^"]+png"/);
  expect(images.size).toBeGreaterThan(0);
  const reported = issues.filter(each => each.sourceId === String(source!.id) && !each.message.includes('in en'));
  const broken = reported.filter(each => each.code === 'ARTICLE_LINK_BROKEN').map(each => each.message);
  for (const what of ['999999', '/dynamics/x', `article ${draft.id},`])
    expect(
      broken.some(each => each.includes(what)),
      what,
    ).toBe(true);
  expect(reported.filter(each => each.code === 'ARTICLE_IMAGE_REMOVED')).toHaveLength(2);
  for (const { content } of articles.values())
    for (const { body } of Object.values(content)) expect(body).not.toMatch(/infoset\.help|127\.0\.0\.1|\/v1\/files\/|landfall-/);

  const parts = [...intercom.workspace.conversations.values()].flatMap(each => each.parts.map(part => part.body ?? ''));
  const [rich] = parts.filter(body => body.includes('bu <b>yazı</b>'));
  expect(rich).toMatch(new RegExp(`<a href="${url('en')}[^"]*">bu <b>yazı</b></a>, şu taslak`));
  expect(parts.find(body => body.includes('Düz metin'))).toMatch(
    new RegExp(`Düz metin: ${url('tr')}[^ ]*\\. Ana sayfa: \\[infoset.help ege\\]`),
  );
  expect(parts.filter(body => body.includes('https://infoset.help'))).toEqual([]);
  const dead = issues.filter(each => each.code === 'SOURCE_LINK_REMOVED' && each.message.includes('help center'));
  expect(dead.filter(each => each.sourceId === String(ticket.id))).toHaveLength(2);

  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: ARTICLE, sourceId: "${target!.id}" } { sourceType: CATEGORY, sourceId: "13" }]) {
      entries { destinationType destinationId destinationUrl verifiedAt } } }`,
  );
  expect(data.crosswalk.map((each: { entries: object[] }) => each.entries)).toMatchObject([
    [
      {
        destinationType: 'ARTICLE',
        destinationId: to.id,
        destinationUrl: expect.stringContaining(url('tr')),
        verifiedAt: expect.any(String),
      },
    ],
    [{ destinationType: 'COLLECTION', destinationId: folded.id, verifiedAt: expect.any(String) }],
  ]);
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});

test('a help center in another language, without one of the languages, at the old address: reported, and old links are redirected', async () => {
  const infoset = await simulator(smallAccount(6));
  const intercom = await workspace();
  Object.assign(intercom.workspace.helpCenters[0]!, { default_locale: 'tr', locales: ['tr'], url: 'https://infoset.help/ege' });
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const translated = infoset.account.all('articles').filter(each => !each.isInternal && each.translations.length > 0);
  const reported = (await issuesOf(root, projectId)).filter(
    each => each.code === 'LOCALE_NOT_ENABLED' && each.recordType === 'ARTICLE',
  );
  expect(reported.map(each => each.sourceId).sort()).toEqual(translated.map(each => String(each.id)).sort());
  const published = infoset.account.all('articles').filter(each => !each.isInternal && each.status === 'published');
  expect(
    intercom.workspace.redirects
      .filter(each => each.locale === 'tr')
      .map(each => each.from_url)
      .sort(),
  ).toEqual(published.map(each => each.url).sort());
});

test('lost answers and hanging calls: each collection and each article once', async () => {
  const infoset = await simulator(smallAccount(30));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  // An object that the customer created by hand looks the same, and is not ours.
  const theirs = await fetch(`${intercom.url}/help_center/collections`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${intercom.settings.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'intercom-version': '2.16',
    },
    body: JSON.stringify({ name: infoset.account.all('articlecategories').find(each => !each.parentId)!.name, parent_id: null }),
  });
  const { id } = (await theirs.json()) as { id: string };
  const old = intercom.workspace.collections.get(id)!;
  old.created_at -= 90 * 86_400;
  // The first call is lost before its effect: nothing is found, and it is sent again.
  intercom.server.faults.add({ kind: 'RESET_BEFORE', method: 'POST', path: '/help_center/collections', times: 1 });
  for (const path of ['/articles', '/help_center/collections', '/custom_object_instances'])
    for (const kind of ['RESET_AFTER', 'SERVER_ERROR', 'LATE'] as const)
      intercom.server.faults.add({ kind, method: 'POST', path, share: 0.15, seed: 5, delayMs: 100 });
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const { workspace: w } = intercom;
  expect(Object.values(intercom.server.faults.done).reduce((sum, each) => sum + each!, 0)).toBeGreaterThan(5);
  expect(w.collections.size).toBe(infoset.account.all('articlecategories').length + 1);
  const lookup = `{ crosswalk(projectId: "${projectId}", lookups: [{ destinationType: COLLECTION, destinationId: "${id}" }]) { entries { id } } }`;
  expect((await root.ask(lookup)).data.crosswalk).toEqual([{ entries: [] }]);
  expect(w.articles.size + w.internalArticles.size).toBe(infoset.account.all('articles').length);
  expect(w.objectInstances.get('Deal')!.size).toBe(infoset.account.all('deals').length);
});

test('a refused article is an issue, the others arrive; one that a person has deleted is created again after a request', async () => {
  const infoset = await simulator(smallAccount(6));
  const articles = infoset.account.all('articles');
  // One with images would be tried without them.
  for (const article of articles) Object.assign(article, { html: '<p>Metin</p>', translations: [] });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  intercom.server.faults.add({ kind: 'REFUSED', method: 'POST', path: '/articles', times: 1 });
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  const failed = (await issuesOf(root, projectId)).filter(each => each.severity === 'ERROR');
  expect(failed).toMatchObject([{ code: 'LOAD_FAILED', recordType: 'ARTICLE', sourceId: expect.any(String) }]);
  const count = () => intercom.workspace.articles.size + intercom.workspace.internalArticles.size;
  expect(count()).toBe(articles.length - 1);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(count()).toBe(articles.length);
  const changed = articles.find(each => !each.isInternal && each.status === 'published')!;
  const lookup = `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: ARTICLE, sourceId: "${changed.id}" }]) { entries { destinationId } } }`;
  const [{ destinationId }] = (await root.ask(lookup)).data.crosswalk[0].entries;
  intercom.workspace.articles.delete(destinationId);
  infoset.account.put('articles', { ...changed, title: 'Yeni başlık' });
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(count()).toBe(articles.length);
  const [{ destinationId: anew }] = (await root.ask(lookup)).data.crosswalk[0].entries;
  expect(intercom.workspace.articles.get(anew)!.content.tr!.title).toBe('Yeni başlık');
});
