import type { ApiModel } from '../../domain/mapping/attributes.js';
import type { AttributeType } from '../../domain/mapping/field-mapping.js';
import type { Destination, DestinationAttribute } from '../../domain/ports/destination.js';
import { type Answer, idIn } from './answer.js';
import type { IntercomClient } from './client.js';

/** Intercom's names of the types: of contacts and companies, and of conversations, which have fewer types. */
const names: Record<AttributeType, { data: string; conversation: string }> = {
  string: { data: 'string', conversation: 'string' },
  integer: { data: 'integer', conversation: 'integer' },
  decimal: { data: 'float', conversation: 'decimal' },
  boolean: { data: 'boolean', conversation: 'boolean' },
  date: { data: 'date', conversation: 'string' },
  datetime: { data: 'datetime', conversation: 'datetime' },
  options: { data: 'options', conversation: 'list' },
};

const typeCalled = (name: string, api: 'data' | 'conversation') =>
  (Object.keys(names) as AttributeType[]).find(type => names[type][api] === name) ?? (name as AttributeType);

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

export function attributes(client: IntercomClient) {
  return {
    async attributes() {
      const data = await client.read('data_attributes', { include_archived: 'true' });
      const conversation = await client.read('conversations/attributes', { include_archived: 'true' });
      return [
        ...data.data.filter((each: Answer) => each.custom && (each.model === 'contact' || each.model === 'company')).map(ofData),
        ...conversation.data.map(ofConversation),
      ];
    },

    async createAttribute({ model, name, type, options }) {
      const description = 'Made by Landfall for the migration from Infoset.';
      if (model === 'conversation') {
        const list = type === 'options' ? { options: options.map(label => ({ label })) } : {};
        const body = { name, data_type: names[type].conversation, description, ...list };
        return idIn(await client.write('POST', 'conversations/attributes', body));
      }
      const list = type === 'options' ? { options: options.map(value => ({ value })) } : {};
      const body = { name, model, data_type: names[type].data, description, ...list };
      return idIn(await client.write('POST', 'data_attributes', body));
    },

    async restoreAttribute({ id }) {
      await client.write('PUT', `data_attributes/${id}`, { archived: false });
    },

    async extendOptions({ id, model, options: existing }, options) {
      if (model === 'conversation') {
        for (const label of options) await client.write('POST', `conversations/attributes/${id}/options`, { label });
        return;
      }
      // The API replaces the whole list.
      const all = [...existing, ...options].map(value => ({ value }));
      await client.write('PUT', `data_attributes/${id}`, { options: all });
    },
  } satisfies Partial<Destination>;
}
