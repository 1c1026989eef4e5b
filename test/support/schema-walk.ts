import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { expect } from 'vitest';

/** Ids by the name of the argument that takes them. */
export type Ids = Record<string, string>;

/** The same ids, of objects that do not exist. */
export const nowhere = (ids: Ids): Ids =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.replace(/_.*/, '_00000000-0000-4000-8000-000000000000')]));

/** The least value of an input, with every id that it can have. A kind of id that this test does not know fails it. */
function inputFor(type: GraphQLInputType, name: string, ids: Ids): unknown {
  if (isNonNullType(type)) return inputFor(type.ofType, name, ids);
  if (isListType(type)) return [inputFor(type.ofType, name, ids)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(each => isRequiredInputField(each) || takesId(each));
    return Object.fromEntries(fields.map(each => [each.name, inputFor(each.type, each.name, ids)]));
  }
  const values: Record<string, unknown> = { String: 'x', Int: 1, Float: 1, Boolean: true, JSONObject: {}, SafeInt: 1 };
  if (type.name === 'DateTime') return new Date(Date.now() + 3_600_000).toISOString();
  if (type.name !== 'ID') return type.name in values ? values[type.name] : expect.fail(`Give ${type.name} a value.`);
  return ids[name] ?? expect.fail(`Name an id of another tenant for ${name}.`);
}

export const takesId = ({ type }: GraphQLArgument | GraphQLInputField): boolean => {
  const named = getNamedType(type);
  return named.name === 'ID' || (isInputObjectType(named) && Object.values(named.getFields()).some(takesId));
};

/** Everything that a type shows without arguments, two levels deep. */
function selection(type: GraphQLOutputType, depth = 3): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const fields = Object.values(named.getFields()).filter(each => !each.args.some(isRequiredArgument));
  const shown = fields.filter(each => isLeafType(getNamedType(each.type)) || depth > 0);
  return `{ ${shown.map(each => `${each.name} ${selection(each.type, depth - 2)}`).join(' ')} }`;
}

export interface RootField {
  name: string;
  args: readonly GraphQLArgument[];
  type: GraphQLOutputType;
}

export const rootFields = (schema: GraphQLSchema, kind: 'Query' | 'Mutation' | 'Subscription'): RootField[] =>
  Object.values((schema.getType(kind) as GraphQLObjectType).getFields());

/** A request of one field with these ids, and everything that it shows. */
export function requestOf(kind: 'Query' | 'Mutation' | 'Subscription', field: RootField, ids: Ids) {
  const args = field.args.filter(each => isRequiredArgument(each) || takesId(each));
  const declared = args.map(each => `$${each.name}: ${String(each.type)}`).join(', ');
  const passed = args.map(each => `${each.name}: $${each.name}`).join(', ');
  const given = passed ? `(${passed})` : '';
  const query = `${kind.toLowerCase()} ${declared ? `(${declared})` : ''} { ${field.name}${given} ${selection(field.type)} }`;
  return { query, variables: Object.fromEntries(args.map(each => [each.name, inputFor(each.type, each.name, ids)])) };
}
