import type { Destination } from '../../domain/ports/destination.js';
import type { CompanyFields, CompanyView } from '../../domain/ports/destination-records.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';

const toCompany = (answer: Answer): CompanyView => ({
  id: idIn(answer),
  key: answer.company_id ?? null,
  name: answer.name ?? null,
  website: answer.website ?? null,
  industry: answer.industry ?? null,
  size: answer.size ?? null,
  remoteCreatedAt: answer.remote_created_at ?? null,
  attributes: answer.custom_attributes ?? {},
  tags: (answer.tags?.tags ?? answer.tags?.data ?? []).map((tag: Answer) => String(tag.name)),
  contactCount: typeof answer.user_count === 'number' ? answer.user_count : null,
});

const bodyOf = (key: string, { name, website, industry, size, remoteCreatedAt, attributes }: CompanyFields) => ({
  company_id: key,
  name,
  website,
  industry,
  size,
  remote_created_at: remoteCreatedAt,
  custom_attributes: attributes,
});

export function companies(client: IntercomClient) {
  return {
    company: id => orNull(async () => toCompany(await client.read(`companies/${id}`))),

    async companyByKey(key) {
      const answer = await orNull(() => client.read('companies', { company_id: key }));
      // The API answers with one company, or with a list of one.
      const found = answer && (Array.isArray(answer.data) ? answer.data[0] : answer);
      return found ? toCompany(found) : null;
    },

    async upsertCompany(key, fields) {
      return toCompany(await client.write('POST', 'companies', bodyOf(key, fields)));
    },

    async tagCompany(id, tagName) {
      await client.write('POST', 'tags', { name: tagName, companies: [{ id }] });
    },
  } satisfies Partial<Destination>;
}
