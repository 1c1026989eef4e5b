import type { Content, Description } from './openapi.js';

type Schema = Record<string, unknown>;

/** An OpenAPI description in JSON Schema, where no object has properties beyond those that are described. */
export function inJsonSchema(openApi: object): Description {
  const description = asJsonSchema(openApi) as Description;
  const close = closer(description.components.schemas as Record<string, Schema>);
  for (const [name, schema] of Object.entries(description.components.schemas))
    description.components.schemas[name] = close.within(schema as Schema);
  const parts: (Content | undefined)[] = Object.values(description.paths).flatMap(operations =>
    Object.values(operations).flatMap(({ requestBody, responses }) => [requestBody, ...Object.values(responses ?? {})]),
  );
  for (const part of parts)
    for (const content of Object.values(part?.content ?? {}))
      if (content.schema) content.schema = close.whole(content.schema as Schema);
  return description;
}

/**
 * OpenAPI 3.0's dialect as JSON Schema: `nullable` is a type of its own, a discriminator decides which of several schemas
 * counts, and without one any of them does, for Intercom's overlap.
 */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator, oneOf, anyOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, asJsonSchema(value)]),
  ) as Record<string, unknown> & { discriminator?: { propertyName: string; mapping?: Record<string, string> } };
  // A property of this name has no list.
  const ways = Array.isArray(oneOf) ? { anyOf: oneOf } : oneOf === undefined ? {} : { oneOf };
  const choices = { ...ways, ...(anyOf === undefined ? {} : { anyOf }) };
  // Each of these can also be the name of a property.
  if (discriminator !== undefined && typeof discriminator.propertyName !== 'string')
    return { ...rest, ...choices, discriminator, ...(nullable === undefined ? {} : { nullable }) };
  const chosen = discriminator?.mapping ? chosenBy(discriminator.propertyName, discriminator.mapping) : choices;
  const plain = { ...rest, ...chosen };
  if (typeof nullable === 'object') return { ...plain, nullable };
  return nullable === true ? orNull(plain) : plain;
}

function orNull(schema: Record<string, unknown>): object {
  if (typeof schema.type !== 'string') return { anyOf: [{ type: 'null' }, schema] };
  const { enum: values } = schema;
  return { ...schema, type: [schema.type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}

function chosenBy(property: string, mapping: Record<string, string>): object {
  const cases = Object.entries(mapping).map(([value, $ref]) => ({
    if: { properties: { [property]: { const: value } }, required: [property] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
    then: { $ref },
  }));
  return { properties: { [property]: { enum: Object.keys(mapping) } }, required: [property], allOf: cases };
}

/** Closes whole objects: parts of an `allOf` or `anyOf` allow the properties of the other parts. */
function closer(schemas: Record<string, Schema>) {
  const describes = (schema: Schema, seen: readonly Schema[] = []): boolean => {
    if (seen.includes(schema)) return false;
    const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref))?.[1];
    const parts = [schemas[name ?? ''], schema.then, ...listOf(schema.allOf), ...listOf(schema.anyOf)] as (Schema | undefined)[];
    return isObject(schema.properties) || parts.some(part => part !== undefined && describes(part, [...seen, schema]));
  };
  const within = (schema: Schema): Schema => {
    const closed: Schema = { ...schema };
    if (isObject(schema.properties))
      closed.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([name, each]) => [name, whole(each as Schema)]),
      );
    for (const name of ['items', 'additionalProperties']) if (isObject(schema[name])) closed[name] = whole(schema[name]);
    for (const name of ['allOf', 'anyOf']) if (Array.isArray(schema[name])) closed[name] = schema[name].map(within);
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so.
    return isObject(schema.then) ? { ...closed, then: within(schema.then) } : closed;
  };
  const whole = (schema: Schema): Schema =>
    describes(schema) ? { allOf: [within(schema)], unevaluatedProperties: false } : within(schema);
  return { within, whole };
}

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Schema[] => (Array.isArray(value) ? value : []);
