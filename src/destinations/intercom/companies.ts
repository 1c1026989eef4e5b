import { CallFailure } from '../../domain/ports/call-failure.js';
import type { CompanyFields, CompanyView } from '../../domain/ports/destination-records.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';

export const toCompany = (answer: Answer): CompanyView => ({
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

/** null where a read finds nothing. */
export async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CallFailure && (error.kind === 'NOT_FOUND' || error.kind === 'GONE')) return null;
    throw error;
  }
}

/** One company, or a list of one: both were seen. */
export async function companyByKey(client: IntercomClient, key: string): Promise<CompanyView | null> {
  const answer = await orNull(() => client.read('companies', { company_id: key }));
  const found = answer && (Array.isArray(answer.data) ? answer.data[0] : answer);
  return found ? toCompany(found) : null;
}

export async function upsertCompany(client: IntercomClient, key: string, fields: CompanyFields): Promise<CompanyView> {
  const { name, website, industry, size, remoteCreatedAt, attributes } = fields;
  const body = {
    company_id: key,
    name,
    website,
    industry,
    size,
    remote_created_at: remoteCreatedAt,
    custom_attributes: attributes,
  };
  return toCompany(await client.write('POST', 'companies', body));
}
