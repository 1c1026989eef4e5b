import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { enumDescriptions } from '../../src/graphql/descriptions/enums.js';
import { inputDescriptions } from '../../src/graphql/descriptions/inputs.js';
import { objectDescriptions } from '../../src/graphql/descriptions/objects.js';
import { createSchema } from '../../src/graphql/schema.js';

/** Every element of the schema: its path, its name within the type, and its description. */
function elementsOf(schema: GraphQLSchema): { type: string; name: string; description: string }[] {
  const elements: { type: string; name: string; description: string }[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    const add = (name: string, description?: string | null) =>
      elements.push({ type: type.name, name, description: description ?? '' });
    add('', type.description);
    if (isEnumType(type)) for (const value of type.getValues()) add(value.name, value.description);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(field.name, field.description);
      for (const argument of 'args' in field ? field.args : []) add(`${field.name}(${argument.name})`, argument.description);
    }
  }
  return elements;
}

test('every type, field, argument, input and enum value has a description, and every description has its element', async () => {
  const elements = elementsOf(await createSchema());
  expect(elements.length).toBeGreaterThan(500);
  expect(elements.filter(({ description }) => description.trim() === '').map(({ type, name }) => `${type}.${name}`)).toEqual([]);
  const known = new Set(elements.map(({ type, name }) => `${type}.${name}`));
  const written = Object.entries({ ...enumDescriptions, ...objectDescriptions, ...inputDescriptions }).flatMap(([type, names]) =>
    Object.keys(names).map(name => `${type}.${name}`),
  );
  expect(written.filter(each => !known.has(each))).toEqual([]);
});
