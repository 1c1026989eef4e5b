import type { InfosetAccount } from '../../src/simulators/infoset/account.js';
import { accountOf, article, category, email, log } from '../support/account.js';
import { oneOfEach } from '../support/people.js';

/** Calls with recordings: of no ticket, and of two tickets. */
export const recordedCalls = [990_001, 990_002, 990_003];

const recording = Buffer.alloc(20_000, 'a');
const file = { contentType: 'text/plain', bytes: Buffer.from('A file of a message.') };

/** Few records, of every type that moves: a run begins again after each kill, and its way to the next must be short. */
export function accountOfKills(): InfosetAccount {
  const { companies, contacts, deals, ...rest } = oneOfEach();
  const attached = { id: 31, url: '/v1/files/31', name: '31.bin', size: file.bytes.length, contentType: file.contentType };
  const account = accountOf(
    {
      companies: [...companies, { ...companies[0]!, id: 502, name: 'Beta', website: 'beta.example', tags: ['VIP'] }],
      contacts: contacts.map((each, index) => ({ ...each, tags: index === 1 ? ['VIP'] : [], customFields: {} })),
      deals: [...deals, { ...deals[0]!, id: 78, name: 'İkinci', contactId: 1002 }],
      ...rest,
      articlecategories: [category(10), category(11, { parentId: 10 })],
      articles: [article(498, '<p>Metin</p>'), article(499, '<p>İç metin</p>', { isInternal: true, categoryId: 11 })],
      ticketlogs: [
        ...rest.ticketlogs,
        log(2050, 2, { content: 'Ekli', attachments: [attached] }),
        log(3050, 3, { content: 'Yalnız bize', isAgent: true, isInternal: true, userId: 4021 }),
        log(4050, 4, { type: 'email', contactId: 1002, emailId: 61 }),
      ],
      emails: [email(61, { from: 'kisi1002@musteri.example', htmlBody: '<p>E-posta</p>', textBody: 'E-posta' })],
      calls: recordedCalls.map((id, index) => ({
        id,
        ticketId: [null, 2, 3][index],
        contactId: 1001,
        userId: 4021,
        direction: 'inbound',
        fromNumber: '+902160002845',
        hasRecording: true,
        startedDate: `2026-05-0${index + 1}T10:00:00Z`,
        createdDate: `2026-05-0${index + 1}T10:00:00Z`,
        durationSeconds: 60,
      })),
    },
    { 31: file },
  )();
  for (const id of recordedCalls)
    account.blobs.recordings.set(String(id), {
      contentType: 'audio/wav',
      size: recording.length,
      status: 200,
      bytes: () => recording,
    });
  return account;
}
