import { dayMs, type GeneratorContext } from './context.js';
import { agentIds } from './people.js';
import { languages } from './words.js';

/** Adds categories and articles in two languages, with links between them. */
export function addHelpCenter({ account, random, tickets, now, date, ownUrl }: GeneratorContext): void {
  addImages(account);
  const categories = Math.max(4, Math.min(20, Math.ceil(tickets / 15)));
  for (let index = 0; index < categories; index++) {
    // The tree has two levels, and five in one branch. The last category stays empty.
    account.put('articlecategories', {
      id: 10 + index,
      parentId: index % 4 === 0 ? null : index < 4 ? 10 + index - 1 : 10 + index - (index % 4),
      name: `Kategori ${index}`,
      description: '',
      order: index,
      translations: [{ language: 'en', name: `Category ${index}` }],
    });
  }
  const articles = Math.max(8, Math.min(400, Math.ceil(tickets / 3)));
  const urlOf = (id: number, language: string) => `https://infoset.help/ege/${language}/articles/${id}-makale-${id}`;
  for (let index = 0; index < articles; index++) {
    const id = 498 + index;
    const target = index % 12 === 5 ? 99_999 : 498 + random.integer(0, articles - 1);
    const text = (language: number) => random.pick(languages[language]!.questions);
    const other = 498 + ((index + 1) % articles);
    const html = (language: 'tr' | 'en') =>
      [
        `<h1 id="bas">Makale ${id}</h1><p>${text(language === 'tr' ? 0 : 1)}</p>`,
        `<p><a href="${urlOf(target, language)}#bas">bkz.</a> <a href="./${other}-makale-${other}?q=a&amp;b=c">ilgili</a></p>`,
        index % 5 === 0 ? `<h3>Görsel</h3><p><img src="${imageOf(index, ownUrl())}" alt="ekran"></p>` : '',
        index % 8 === 1
          ? '<iframe src="https://www.youtube.com/embed/x"></iframe><iframe src="https://video.example/1"></iframe>'
          : '',
      ].join('');
    const createdAt = now - random.integer(50, 1500) * dayMs;
    const english = {
      language: 'en',
      title: `Article ${id}`,
      slug: `article-${id}`,
      url: urlOf(id, 'en'),
      html: html('en'),
      status: index % 7 === 3 ? 'draft' : 'published',
    };
    account.put('articles', {
      id,
      categoryId: index === 4 ? null : 10 + random.integer(0, categories - 2),
      authorId: random.pick(agentIds),
      status: index % 11 === 6 ? 'draft' : 'published',
      isInternal: index % 13 === 2,
      language: 'tr',
      slug: `makale-${id}`,
      url: urlOf(id, 'tr'),
      title: `Makale ${id}`,
      html: html('tr'),
      order: index,
      translations: index % 9 === 8 ? [] : [english],
      createdDate: date(createdAt),
      updatedDate: date(createdAt + random.integer(0, 49) * dayMs),
    });
  }
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Adds images for articles: a PNG, a WebP, which Intercom does not accept, and one that is no longer available. */
function addImages(account: GeneratorContext['account']): void {
  const webp = Buffer.from(`RIFF${'\x10\0\0\0'}WEBPVP8 `, 'latin1');
  for (const [id, contentType, bytes] of [
    [70_001, 'image/png', png],
    [70_002, 'application/octet-stream', webp],
  ] as const) {
    account.put('files', { id, name: `${id}`, contentType, size: bytes.length });
    account.blobs.files.set(String(id), { contentType, size: bytes.length, status: 200, bytes: () => bytes });
  }
}

const imageOf = (index: number, ownUrl: string) =>
  index % 3 === 0 ? '/v1/files/70001' : index % 3 === 1 ? `${ownUrl}/v1/files/70002` : '/v1/files/70003';

/** Adds more mail accounts and widgets than the plan allows, automations and reports. */
export function addInventories({ account, now, date }: GeneratorContext): void {
  for (const [index, name] of ['destek', 'satis', 'fatura', 'info'].entries()) {
    const rules = index === 0 ? [{ type: 'auto_reply', name: 'Mesai dışı', config: { body: '<p>Döneceğiz.</p>' } }] : [];
    account.put('emailaccounts', {
      id: index + 1,
      address: `${name}@ege.example`,
      name,
      isActive: index < 3,
      teamId: 3 + index,
      ownerId: null,
      rules,
    });
  }
  for (const id of [1, 2]) {
    const targeting = [{ type: 'url', value: '/fiyat' }];
    account.put('chatwidgets', {
      id,
      name: `Web ${id}`,
      isActive: true,
      domains: ['ege.example'],
      targeting,
      config: { color: '#0b5fff' },
    });
  }
  for (let id = 1; id <= 9; id++) {
    account.put('automations', {
      id,
      name: `Kural ${id}`,
      kind: (['rule', 'chatbot', 'campaign'] as const)[id % 3],
      isActive: id % 4 !== 0,
      trigger: { type: 'ticket_created' },
      conditions: [{ field: 'tag', operator: 'contains', value: 'VIP' }],
      actions: [{ type: 'assign_team', params: { teamId: 3 } }],
      delays: [],
      updatedDate: date(now - id * dayMs),
    });
  }
  for (const id of ['ticket-volume', 'agent-performance']) {
    account.put('reports', { id, name: id, data: { columns: ['date', 'count'], rows: [['2026-01-01', 12]] } });
  }
}
