import { mergeAttributes } from './attributes.js';
import { ApiError, invalid, missing, notFound } from './errors.js';
import { tagsOf } from './tags.js';
import type { Company, Json, Workspace } from './workspace.js';

const updatable = ['name', 'plan', 'size', 'website', 'industry', 'monthly_spend'];
const known = ['company_id', 'remote_created_at', 'custom_attributes', 'update_last_request_at', ...updatable];
const maxListed = 10_000;

export function companyView(w: Workspace, company: Company): Json {
  const { id, company_id, fields, custom_attributes, tags, created_at, updated_at } = company;
  return {
    type: 'company',
    id,
    company_id,
    app_id: w.app.id_code,
    name: fields.name ?? null,
    plan: fields.plan ? { type: 'plan', id: '1', name: fields.plan } : {},
    size: fields.size ?? null,
    website: fields.website ?? null,
    industry: fields.industry ?? null,
    monthly_spend: fields.monthly_spend ?? 0,
    remote_created_at: fields.remote_created_at ?? null,
    created_at,
    updated_at,
    session_count: 0,
    user_count: company.contacts.size,
    tags: { type: 'tag.list', tags: tagsOf(w, tags) },
    segments: { type: 'segment.list', segments: [] },
    custom_attributes,
  };
}

/** Creates a company, or updates the one with this company_id. An archived company is restored. */
export function upsertCompany(w: Workspace, body: Json): Json {
  for (const name of Object.keys(body))
    if (!known.includes(name)) throw new ApiError(400, 'bad_request', `bad '${name}' parameter`);
  if (typeof body.company_id !== 'string' || !body.company_id) throw missing('company_id');
  const existing = w.index.companyId.get(body.company_id);
  const custom_attributes = mergeAttributes(w, 'company', existing?.custom_attributes ?? {}, body.custom_attributes);
  const fields = { ...existing?.fields, ...checked(body, [...updatable, 'remote_created_at']) };
  const company: Company = existing ?? {
    id: w.hexId(),
    company_id: body.company_id,
    fields,
    custom_attributes,
    tags: new Set(),
    contacts: new Set(),
    notes: [],
    created_at: w.now(),
    updated_at: w.now(),
    archived: false,
  };
  Object.assign(company, { fields, custom_attributes, archived: false });
  w.companies.set(company.id, company);
  w.index.companyId.set(company.company_id, company);
  w.touch(company);
  return companyView(w, company);
}

export function updateCompany(w: Workspace, id: string, body: Json): Json {
  const company = companyById(w, id);
  const custom_attributes = mergeAttributes(w, 'company', company.custom_attributes, body.custom_attributes);
  Object.assign(company, { fields: { ...company.fields, ...checked(body, updatable) }, custom_attributes });
  w.touch(company);
  return companyView(w, company);
}

function checked(body: Json, names: string[]): Json {
  const values: Json = {};
  for (const name of names) {
    if (!(name in body)) continue;
    const value = body[name];
    const wantsNumber = name === 'size' || name === 'monthly_spend' || name === 'remote_created_at';
    if (value !== null && (wantsNumber ? !Number.isInteger(value) : typeof value !== 'string'))
      throw invalid(`${name} is invalid`, name);
    values[name] = value;
  }
  return values;
}

/** Lists companies with a contact; others are not visible. With company_id it answers that company, also without a contact. */
export function listCompanies(w: Workspace, query: URLSearchParams): Json {
  const companyId = query.get('company_id');
  if (companyId !== null) {
    const company = w.index.companyId.get(companyId);
    if (!company || company.archived) throw notFound('Company', 'company_not_found');
    const view = companyView(w, company);
    if (w.settings.asRecorded) return view;
    const pages = { type: 'pages', page: 1, per_page: 15, total_pages: 1, next: null };
    return { type: 'list', data: [view], pages, total_count: 1 };
  }
  const name = query.get('name');
  const tagId = query.get('tag_id');
  const visible = [...w.companies.values()].filter(
    each =>
      !each.archived &&
      each.contacts.size > 0 &&
      (name === null || each.fields.name === name) &&
      (tagId === null || each.tags.has(tagId)),
  );
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const perPage = Math.min(60, Math.max(1, Number(query.get('per_page') ?? 15) || 15));
  const listed = visible.slice(0, maxListed);
  return {
    type: 'list',
    data: listed.slice((page - 1) * perPage, page * perPage).map(company => companyView(w, company)),
    pages: { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(listed.length / perPage), next: null },
    total_count: visible.length,
  };
}

export function companyById(w: Workspace, id: string): Company {
  const company = w.companies.get(id);
  if (!company || company.archived) throw notFound('Company', 'company_not_found');
  return company;
}

/** Archives a company and detaches its contacts. */
export function deleteCompany(w: Workspace, id: string): Json {
  const company = companyById(w, id);
  company.archived = true;
  for (const contact of company.contacts) w.contacts.get(contact)?.companies.delete(id);
  company.contacts.clear();
  return { id, object: 'company', deleted: true };
}
