import type { ApiModel, AttributeSpec } from '../../domain/mapping/attributes.js';
import type { AttributeType } from '../../domain/mapping/field-mapping.js';
import type { DestinationAttribute } from '../../domain/ports/destination.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';

/** What Intercom calls each type: of contacts and companies, and of conversations, which have fewer. */
const names: Record<AttributeType, { data: string; conversation: string }> = {
  string: { data: 'string', conversation: 'string' },
  integer: { data: 'integer', conversation: 'integer' },
  decimal: { data: 'float', conversation: 'decimal' },
  boolean: { data: 'boolean', conversation: 'boolean' },
  date: { data: 'date', conversation: 'string' },
  datetime: { data: 'datetime', conversation: 'datetime' },
  options: { data: 'options', conversation: 'list' },
};

export async function listAttributes(client: IntercomClient): Promise<DestinationAttribute[]> {
  const data = await client.read('data_attributes', { include_archived: 'true' });
  const conversation = await client.read('conversations/attributes', { include_archived: 'true' });
  return [
    ...data.data.filter((each: Answer) => each.custom && (each.model === 'contact' || each.model === 'company')).map(ofData),
    ...conversation.data.map(ofConversation),
  ];
}

const typeCalled = (name: string, way: 'data' | 'conversation') =>
  (Object.keys(names) as AttributeType[]).find(type => names[type][way] === name) ?? (name as AttributeType);

const ofData = ({ id, model, name, data_type, options, archived }: Answer): DestinationAttribute => ({
  id: String(id),
  model: model as ApiModel,
  name,
  type: options?.length > 0 ? 'options' : typeCalled(data_type, 'data'),
  options: (options ?? []).map((option: string | { value: string }) => (typeof option === 'string' ? option : option.value)),
  archived: archived === true,
});

const ofConversation = ({ id, name, data_type, options, archived }: Answer): DestinationAttribute => ({
  id: String(id),
  model: 'conversation',
  name,
  type: typeCalled(data_type, 'conversation'),
  options: (options ?? []).filter((option: Answer) => !option.archived).map((option: Answer) => option.label),
  archived: archived === true,
});

/** @returns its id */
export async function createAttribute(client: IntercomClient, { model, name, type, options }: AttributeSpec): Promise<string> {
  const description = 'Made by Landfall for the migration from Infoset.';
  if (model === 'conversation') {
    const list = type === 'options' ? { options: options.map(label => ({ label })) } : {};
    const body = { name, data_type: names[type].conversation, description, ...list };
    return idIn(await client.write('POST', 'conversations/attributes', body));
  }
  const list = type === 'options' ? { options: options.map(value => ({ value })) } : {};
  const body = { name, model, data_type: names[type].data, description, ...list };
  return idIn(await client.write('POST', 'data_attributes', body));
}

export async function extendOptions(
  client: IntercomClient,
  attribute: DestinationAttribute,
  options: readonly string[],
): Promise<void> {
  const { id, model } = attribute;
  if (model === 'conversation') {
    for (const label of options) await client.write('POST', `conversations/attributes/${id}/options`, { label });
    return;
  }
  // The list is replaced as a whole.
  const all = [...attribute.options, ...options].map(value => ({ value }));
  await client.write('PUT', `data_attributes/${id}`, { options: all });
}
