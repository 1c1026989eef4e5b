import type { Item } from '../account.js';
import { dayMs, type GeneratorContext } from './context.js';
import { languages, naughtyTexts } from './words.js';

export const agentIds = Array.from({ length: 12 }, (_, index) => 4021 + index);
export const contactCount = (tickets: number) => Math.max(30, Math.ceil(tickets * 0.8));
export const companyCount = (tickets: number) => Math.max(12, Math.ceil(tickets * 0.2));
export const firstContact = 9001;
export const firstCompany = 501;
export const teams = ['Destek', 'Satış', 'Faturalama', 'Teknik'];

/** Adds users, teams, field definitions, companies, contacts, pipelines and deals. */
export function addPeople(context: GeneratorContext): void {
  addStaff(context);
  addDefinitions(context);
  addCompanies(context);
  addContacts(context);
  addDeals(context);
}

function addStaff({ account, random }: GeneratorContext): void {
  for (const [index, id] of agentIds.entries()) {
    const language = languages[index % languages.length]!;
    const [firstName, lastName] = [random.pick(language.firstNames), random.pick(language.lastNames)];
    // One address is in capitals with a Turkish İ. Two agents have left.
    const email = index === 2 ? 'İBRAHİM.4023@EGE.EXAMPLE' : `agent.${id}@ege.example`;
    const status = index >= 10 ? 'passive' : 'active';
    const role = index < 2 ? 'admin' : 'normal';
    account.put('users', {
      id,
      firstName,
      lastName,
      fullName: `${firstName} ${lastName}`,
      email,
      role,
      status,
      teamIds: [3 + (index % 4)],
    });
  }
  for (const [index, name] of teams.entries()) account.put('teams', { id: 3 + index, name });
}

function addDefinitions({ account }: GeneratorContext): void {
  const definitions: [string, string, string, string[]?][] = [
    ['contact', 'Müşteri Tipi', 'select', ['Bireysel', 'Kurumsal']],
    ['contact', 'Doğum Tarihi', 'date'],
    ['contact', 'İlçe', 'text'],
    ['contact', 'ilçe', 'text'],
    ['contact', 'Not', 'longtext'],
    ['contact', 'İzin', 'checkbox'],
    ['company', 'Vergi No.', 'text'],
    ['company', 'Yıllık Ciro (₺)', 'decimal'],
    ['company', 'Şube Sayısı', 'number'],
    ['deal', 'Kazanma Olasılığı (%)', 'number'],
    ['deal', 'Teslim Tarihi', 'date'],
    ['ticket', 'Sipariş No', 'text'],
    ['ticket', 'Şikâyet Konusu', 'select', ['Sipariş', 'Ödeme', 'Diğer']],
    ['ticket', 'Kanallar', 'multiselect', ['web', 'mobil', 'mağaza']],
    ['ticket', 'Son Temas', 'datetime'],
  ];
  for (const [index, [linkedType, label, type, options]] of definitions.entries()) {
    account.put('customfields', {
      id: 12 + index,
      linkedType,
      label,
      type,
      ...(options ? { options } : {}),
      isRequired: index === 0,
    });
  }
}

function addCompanies({ account, random, tickets, now, date, customFields }: GeneratorContext): void {
  for (let index = 0; index < companyCount(tickets); index++) {
    const id = firstCompany + index;
    const language = random.pick(languages);
    const city = random.pick(language.cities);
    const createdAt = now - random.integer(200, 2000) * dayMs;
    account.put('companies', {
      id,
      name:
        index === 5 ? 'Şirket 500' : `${random.pick(language.lastNames)} ${random.pick(['A.Ş.', 'Ltd', 'GmbH', 'ش.م.م'])} ${id}`,
      website: random.chance(0.6) ? `https://c${id}.example` : null,
      email: random.chance(0.5) ? `info@c${id}.example` : '',
      phone: random.chance(0.5) ? language.phone(String(random.integer(100_000_000, 999_999_999))) : null,
      address: random.chance(0.3)
        ? `${city} 1, ${city}`
        : { street: `${city} 1`, city, state: null, postalCode: '35000', country: 'TR' },
      sector: random.pick(['Software', 'Bankacılık', null]),
      employeeCount: random.chance(0.5) ? random.integer(1, 9000) : null,
      // The first two are each other's parent.
      parentCompanyId: index === 0 ? id + 1 : index === 1 ? id - 1 : random.chance(0.2) ? firstCompany : null,
      ownerId: random.chance(0.5) ? random.pick(agentIds) : null,
      tags: random.chance(0.3) ? ['VIP'] : [],
      customFields: customFields({
        'Vergi No.': String(index).padStart(10, '0'),
        'Yıllık Ciro (₺)': index * 10.5,
        'Şube Sayısı': index,
      }),
      createdDate: date(createdAt),
      updatedDate: date(createdAt + random.integer(0, 190) * dayMs),
    });
  }
}

function addContacts({ account, random, tickets, now, date, customFields }: GeneratorContext): void {
  for (let index = 0; index < contactCount(tickets); index++) {
    const id = firstContact + index;
    const language = random.pick(languages);
    const firstName = index % 23 === 7 ? naughtyTexts[index % naughtyTexts.length]! : random.pick(language.firstNames);
    const lastName = random.pick(language.lastNames);
    const createdAt = now - random.integer(100, 2000) * dayMs;
    const bare = index % 19 === 8;
    // Two contacts have the same address in different case.
    const email =
      index === 11 || index === 12
        ? index === 11
          ? 'Ortak@Posta.example'
          : 'ortak@posta.example'
        : `contact.${id}@posta.example`;
    const contact: Item = {
      id: index % 31 === 4 ? String(id) : id,
      firstName,
      lastName,
      fullName: `${firstName} ${lastName}`,
      email: bare ? '' : email,
      phone: bare ? null : random.chance(0.7) ? language.phone(String(random.integer(100_000_000, 999_999_999))) : 'dahili 12',
      companyId: index === 13 ? 88_888 : random.chance(0.5) ? firstCompany + random.integer(0, companyCount(tickets) - 1) : null,
      ownerId: random.chance(0.4) ? random.pick(agentIds) : null,
      status: random.pick(['P', 'A', null]),
      tags: random.chance(0.2) ? [random.pick(['VIP', 'iade', 'Öncelikli'])] : [],
      customFields:
        index === 14
          ? '{"Müşteri Tipi": "Bireysel", bozuk'
          : customFields({ 'Müşteri Tipi': 'Bireysel', İlçe: 'Dicle', ilçe: 'dicle', İzin: true }),
      createdDate: date(createdAt),
      updatedDate: date(createdAt + random.integer(0, 99) * dayMs),
    };
    if (index % 17 === 3) contact.somethingNew = { since: 'v9', nested: [1, 2.5, null] };
    account.put('contacts', contact);
  }
}

function addDeals({ account, random, tickets, now, date, customFields }: GeneratorContext): void {
  for (const [index, name] of ['Satış', 'Yenileme'].entries()) {
    const stages = ['Yeni', 'Teklif', 'Kazanıldı'].map((stage, order) => ({
      id: 43_716 + index * 10 + order,
      name: stage,
      order: order + 1,
    }));
    account.put('pipelines', { id: 10_767 + index, linkedType: 'deal', name, stages });
  }
  account.put('pipelines', { id: 25_965, linkedType: 'ticket', name: 'Talepler', stages: [{ id: 1, name: 'Yeni', order: 1 }] });
  for (let index = 0; index < Math.ceil(tickets * 0.3); index++) {
    const createdAt = now - random.integer(30, 1500) * dayMs;
    const pipeline = random.integer(0, 1);
    account.put('deals', {
      id: 77 + index,
      name: `Lisans ${index}`,
      value: random.chance(0.1) ? null : random.integer(0, 50_000) / 4,
      currency: random.pick(['TRY', 'EUR', 'USD']),
      contactId: index === 3 ? 99_001 : random.chance(0.8) ? firstContact + random.integer(0, contactCount(tickets) - 1) : null,
      companyId: random.chance(0.5) ? firstCompany + random.integer(0, companyCount(tickets) - 1) : null,
      pipelineId: 10_767 + pipeline,
      stageId: 43_716 + pipeline * 10 + random.integer(0, 2),
      status: index === 4 ? 9 : random.integer(1, 3),
      ownerIds: random.chance(0.8) ? [random.pick(agentIds)] : [],
      closeDate: '2026-05-01',
      notes: random.chance(0.2) ? naughtyTexts[index % naughtyTexts.length] : null,
      customFields: customFields({ 'Kazanma Olasılığı (%)': 50, 'Teslim Tarihi': '2026-05-01' }),
      createdDate: date(createdAt),
      updatedDate: date(createdAt + random.integer(0, 29) * dayMs),
    });
  }
}
