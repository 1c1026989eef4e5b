import { checkedReference, referenceOf } from './custom-objects.js';
import { ApiError, invalid, missing, notFound } from './errors.js';
import type { Attribute, Json, Workspace } from './workspace.js';

const dataTypes = ['string', 'integer', 'float', 'boolean', 'datetime', 'date'];
const conversationTypes = ['string', 'integer', 'list', 'decimal', 'boolean', 'datetime', 'relationship', 'files'];
const legalName = /^[\p{L}\p{N}\p{Sc} _-]+$/u;
const maxAttributes = 250;
const maxValueLength = 255;

const dataAttributeView = ({ id, name, model, data_type, options, archived }: Attribute): Json => ({
  type: 'data_attribute',
  id,
  name,
  full_name: `custom_attributes.${name}`,
  label: name,
  model,
  // Answers have no type datetime: such an attribute is shown as a date.
  data_type: data_type === 'datetime' ? 'date' : data_type,
  ...(options.length > 0 ? { options } : {}),
  api_writable: true,
  ui_writable: true,
  messenger_writable: false,
  custom: true,
  archived,
});

const conversationAttributeView = ({ id, name, data_type, options, archived }: Attribute): Json => ({
  type: 'conversation_attribute',
  id,
  name,
  data_type,
  description: '',
  required: false,
  archived,
  ...(data_type === 'list' ? { options: options.map(label => ({ id: label, label, archived: false })) } : {}),
});

export function listDataAttributes(w: Workspace, query: URLSearchParams): Json {
  const model = query.get('model');
  if (model === 'conversation') throw new ApiError(422, 'parameter_invalid', 'model conversation is not supported', 'model');
  const found = w.attributes.filter(
    each =>
      each.model !== 'conversation' &&
      (!model || each.model === model) &&
      (!each.archived || query.get('include_archived') === 'true'),
  );
  return { type: 'list', data: found.map(dataAttributeView) };
}

export function createDataAttribute(w: Workspace, body: Json): Json {
  const { name, model } = body;
  if (typeof name !== 'string' || !name) throw missing('name');
  if (model !== 'contact' && model !== 'company') throw invalid('model must be contact or company', 'model');
  if (!legalName.test(name)) {
    throw invalid(
      'Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens',
      'name',
    );
  }
  const own = w.attributes.filter(each => each.model !== 'conversation');
  const same = own.find(each => each.name === name);
  if (same)
    throw invalid(
      `You already have '${name}' in your ${same.model} data. To save this as new ${model} data, use a different name.`,
    );
  const options = (body.options as { value: string }[] | undefined)?.map(({ value }) => value) ?? [];
  if (body.data_type === 'options' ? options.length < 2 : !dataTypes.includes(body.data_type)) {
    throw invalid(
      body.data_type === 'options' ? 'The data attribute needs at least two options' : 'Data type is invalid',
      'data_type',
    );
  }
  if (own.filter(each => !each.archived).length >= maxAttributes)
    throw new ApiError(400, 'client_error', 'You have reached the limit of 250 custom attributes');
  const attribute: Attribute = {
    id: Number(w.id()),
    name,
    model,
    data_type: body.data_type === 'options' ? 'string' : body.data_type,
    options,
    archived: false,
  };
  w.attributes.push(attribute);
  return dataAttributeView(attribute);
}

export function updateDataAttribute(w: Workspace, id: string, body: Json): Json {
  const attribute = w.attributes.find(each => each.id === Number(id) && each.model !== 'conversation');
  if (!attribute) throw notFound('Data Attribute', 'field_not_found');
  if (body.options) {
    if (body.options.length < 2) throw invalid('The data attribute needs at least two options', 'options');
    attribute.options = body.options.map(({ value }: { value: string }) => value);
  }
  if (typeof body.archived === 'boolean') attribute.archived = body.archived;
  return dataAttributeView(attribute);
}

export function listConversationAttributes(w: Workspace, query: URLSearchParams): Json {
  const archived = query.get('include_archived') === 'true';
  const found = w.attributes.filter(each => each.model === 'conversation' && (archived || !each.archived));
  return { type: 'list', data: found.map(conversationAttributeView) };
}

/** Two attributes may have the same name. Then writing by that name fails. */
export function createConversationAttribute(w: Workspace, body: Json): Json {
  const { name, data_type } = body;
  const refuse = (message: string, field: string) => new ApiError(422, 'parameter_invalid', message, field);
  if (typeof name !== 'string' || !name) throw refuse('name is required', 'name');
  if (!conversationTypes.includes(data_type)) throw refuse('data_type is invalid', 'data_type');
  const options = (body.options as { label: string }[] | undefined)?.map(({ label }) => label) ?? [];
  if (data_type === 'list' && options.length === 0) throw refuse('options are required', 'options');
  const attribute: Attribute = { id: Number(w.id()), name, model: 'conversation', data_type, options, archived: false };
  w.attributes.push(attribute);
  return conversationAttributeView(attribute);
}

export function archiveConversationAttribute(w: Workspace, id: string): Json {
  const attribute = w.attributes.find(each => each.id === Number(id) && each.model === 'conversation');
  if (!attribute) throw notFound('Conversation attribute', 'conversation_attribute_not_found');
  attribute.archived = true;
  return conversationAttributeView(attribute);
}

export function addOption(w: Workspace, id: string, body: Json): Json {
  const attribute = w.attributes.find(
    each => each.id === Number(id) && each.model === 'conversation' && each.data_type === 'list',
  );
  if (!attribute) throw notFound('Conversation attribute', 'conversation_attribute_not_found');
  attribute.options.push(String(body.label));
  return conversationAttributeView(attribute);
}

/** Checks and merges values. null removes a value. */
export function mergeAttributes(w: Workspace, model: Attribute['model'], current: Json, values: unknown): Json {
  if (values === undefined || values === null) return current;
  const merged = { ...current };
  for (const [name, value] of Object.entries(values as Json)) {
    const type = model === 'contact' ? referenceOf(w, name) : undefined;
    if (type) {
      const before = w.settings.addsReferences ? ((current[name] ?? []) as string[]) : [];
      merged[name] = [...new Set([...before, ...checkedReference(w, type, value ?? [])])];
      continue;
    }
    const known = w.attributes.filter(each => each.model === model && each.name === name && !each.archived);
    if (known.length === 0) throw invalid(`Custom attribute '${name}' does not exist`, name);
    if (known.length > 1) throw new ApiError(400, 'parameter_invalid', `Several attributes are named '${name}'`, name);
    if (value === null) delete merged[name];
    else {
      checkValue(known[0]!, value);
      merged[name] = value;
    }
  }
  return merged;
}

function checkValue({ name, data_type, options }: Attribute, value: unknown): void {
  const fits: Record<string, boolean> = {
    string: typeof value === 'string' && value.length <= maxValueLength && isPlain(value),
    list: typeof value === 'string' && options.includes(value),
    integer: Number.isInteger(value),
    float: typeof value === 'number',
    decimal: typeof value === 'number',
    boolean: typeof value === 'boolean',
    datetime: Number.isInteger(value),
    date: Number.isInteger(value),
  };
  if (!fits[data_type]) throw invalid(`The value of '${name}' is not a valid ${data_type}`, name);
  if (options.length > 0 && !options.includes(String(value))) throw invalid(`'${value}' is not an option of '${name}'`, name);
}

export const isPlain = (text: string) => !text.includes('\0') && text.isWellFormed();
