import { article, category, contact, log, ticket } from './account.js';

/** One record of each kind, and tickets for what people and the source may do. */
export const oneOfEach = () => ({
  companies: [
    {
      id: 501,
      name: 'Ege Yazılım',
      website: 'ege.example',
      sector: 'Software',
      tags: [],
      customFields: {},
      createdDate: '2026-01-05T08:00:00Z',
      updatedDate: '2026-01-05T08:00:00Z',
    },
  ],
  contacts: [contact(1001, { companyId: 501 }), contact(1002), contact(1003)],
  deals: [
    {
      id: 77,
      name: 'Teklif',
      value: 10,
      currency: 'TRY',
      contactId: 1001,
      companyId: 501,
      status: 1,
      ownerIds: [],
      notes: 'Not',
      customFields: {},
      createdDate: '2026-01-05T08:00:00Z',
      updatedDate: '2026-01-05T08:00:00Z',
    },
  ],
  articlecategories: [category(10)],
  articles: [article(498, '<p>Metin</p>')],
  tickets: [
    ticket(1, { status: 4, tags: ['iade'], logCount: 3 }),
    ticket(2, { logCount: 3 }),
    ticket(3, { logCount: 3 }),
    ticket(4, { contactId: 1002, logCount: 1 }),
  ],
  ticketlogs: [
    ...[1, 2, 3].flatMap(id => [
      log(id * 1000 + 10, id, { content: `Birinci ${id}` }),
      log(id * 1000 + 20, id, { content: `İkinci ${id}`, isAgent: true, userId: 4021 }),
      log(id * 1000 + 40, id, { content: `Üçüncü ${id}` }),
    ]),
    log(4010, 4, { contactId: 1002, content: 'Birinci 4' }),
  ],
});
