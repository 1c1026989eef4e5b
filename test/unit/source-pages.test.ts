import { isEnumType, isInputObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { sourcePages } from '../../src/domain/text/source-pages.js';
import { createSchema } from '../../src/graphql/schema.js';
import { destinationOptions } from '../../src/operations/destination-options.js';
import { sourceOptions } from '../../src/operations/source-options.js';

test('records of the usual application have a page, and those of another host only if the options name one', () => {
  const usual = sourcePages({ baseUrl: 'https://api.infoset.app', options: {} });
  expect(usual('TICKET', '5 /?')).toBe('https://dashboard.infoset.app/tickets/5%20%2F%3F');
  for (const type of ['MESSAGE', 'TAG', 'constructor', '__proto__']) expect(usual(type, '1')).toBeNull();
  const own = sourcePages({
    baseUrl: 'https://crm.ege.example/api',
    options: { recordUrls: { TICKET: 'https://panel.ege.example/#/t/{id}?x={id}' } },
  });
  expect(own('TICKET', '$&7')).toBe('https://panel.ege.example/#/t/%24%267?x=%24%267');
  expect(own('CONTACT', '7')).toBeNull();
  expect(sourcePages(null)('TICKET', '7')).toBeNull();
});

test('pages of records are checked as addresses', () => {
  const problems = (recordUrls: unknown) => sourceOptions.safeParse({ recordUrls }).error?.issues.length ?? 0;
  expect(problems({ TICKET: 'https://x.example/{id}' })).toBe(0);
  for (const wrong of [{ TICKET: 'https://x.example/' }, { TICKET: 'javascript:{id}' }, { TAG: 'https://x.example/{id}' }])
    expect(problems(wrong)).toBeGreaterThan(0);
});

test('typed options are those of the checks', async () => {
  const schema = await createSchema();
  for (const [name, { shape }] of [
    ['SourceOptionsInput', sourceOptions],
    ['DestinationOptionsInput', destinationOptions],
  ] as const) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(name);
    const fields = type.getFields();
    expect(Object.keys(fields).sort()).toEqual(Object.keys(shape).sort());
    for (const [field, { type: fieldType }] of Object.entries(fields)) {
      if (!isEnumType(fieldType)) continue;
      const check = shape[field as keyof typeof shape] as { safeParse: (value: unknown) => { success: boolean } };
      for (const value of fieldType.getValues())
        expect([field, value.name, check.safeParse(value.name).success]).toEqual([field, value.name, true]);
    }
  }
});
