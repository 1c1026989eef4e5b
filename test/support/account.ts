import { InfosetAccount, type Item, type TableName } from '../../src/simulators/infoset/account.js';

export type Tables = Partial<Record<TableName, Item[]>>;

/** A small account: two agents (the workspace knows the first), a team, and what a test puts into it. */
export const accountOf =
  (tables: Tables, files: Record<string, { contentType: string; bytes: Buffer }> = {}) =>
  (): InfosetAccount => {
    const account = new InfosetAccount(() => new Date('2026-11-25T00:00:00Z'), false);
    account.account = {
      id: 71,
      name: 'Ege Yazılım',
      timeZone: 'Europe/Istanbul',
      language: 'tr',
      plan: { code: 'professional' },
    };
    const agent = (id: number, fullName: string, email: string) => ({
      id,
      fullName,
      email,
      role: 'admin',
      status: 'active',
      teamIds: [3],
    });
    account.put('users', agent(4021, 'Ayşe Yılmaz', 'ayse@ege.example'));
    account.put('users', agent(4022, 'Ali Kaya', 'ali@ege.example'));
    account.put('teams', { id: 3, name: 'Destek' });
    for (const [table, items] of Object.entries(tables)) for (const item of items) account.put(table as TableName, item);
    for (const [id, { contentType, bytes }] of Object.entries(files)) {
      account.put('files', { id, name: `${id}.bin`, contentType, size: bytes.length });
      account.blobs.files.set(id, { contentType, size: bytes.length, status: 200, bytes: () => bytes });
    }
    return account;
  };

const seconds = (n: number) => new Date(Date.parse('2026-05-01T10:00:00Z') + n * 1000).toISOString();

export const contact = (id: number, more: Item = {}): Item => ({
  id,
  fullName: `Kişi ${id}`,
  email: `kisi${id}@musteri.example`,
  phone: null,
  companyId: null,
  ownerId: null,
  status: 'P',
  tags: [],
  customFields: {},
  createdDate: '2026-01-05T08:00:00Z',
  updatedDate: '2026-01-05T08:00:00Z',
  ...more,
});

export const ticket = (id: number, more: Item = {}): Item => ({
  id,
  subject: `Vaka ${id}`,
  content: null,
  status: 3,
  priority: 2,
  channelType: 'chat',
  contactId: 1001,
  companyId: null,
  ownerIds: [4021],
  teamId: 3,
  tags: [],
  customFields: {},
  mergedIntoId: null,
  createdDate: '2026-05-01T09:00:00Z',
  updatedDate: '2026-05-01T12:00:00Z',
  closedDate: null,
  ...more,
});

export const log = (id: number, ticketId: number, more: Item = {}): Item => ({
  id,
  ticketId,
  type: 'chat',
  isAgent: false,
  isInternal: false,
  userId: null,
  contactId: 1001,
  isBot: false,
  content: '',
  emailId: null,
  callId: null,
  network: null,
  attachments: [],
  createdDate: seconds(id % 1000),
  ...more,
});

export const email = (id: number, more: Item = {}): Item => ({
  id,
  subject: 'Konu',
  from: null,
  to: [],
  cc: [],
  bcc: [],
  messageId: `<m${id}@musteri.example>`,
  inReplyTo: null,
  htmlBody: null,
  textBody: null,
  attachments: [],
  createdDate: seconds(id % 1000),
  ...more,
});

export const article = (id: number, html: string, more: Item = {}): Item => ({
  id,
  categoryId: 10,
  authorId: 4021,
  status: 'published',
  isInternal: false,
  language: 'tr',
  slug: 'makale',
  url: `https://infoset.help/ege/tr/articles/${id}-makale`,
  title: `Makale ${id}`,
  html,
  order: 1,
  translations: [],
  createdDate: '2026-01-05T08:00:00Z',
  updatedDate: '2026-01-05T08:00:00Z',
  ...more,
});

export const category = (id: number, more: Item = {}): Item => ({
  id,
  parentId: null,
  name: `Kategori ${id}`,
  description: '',
  order: 1,
  translations: [],
  ...more,
});
