import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** Descriptions by type and name: `''` is the type itself; other names are `field`, `field(argument)` or an enum value. */
export type Descriptions = Record<string, Record<string, string>>;

/** Types whose name ends so mean the same. */
const kinds = ['Connection', 'Edge', 'Payload'];

interface Describable {
  description?: string | null | undefined;
}

/**
 * Adds a description to every type, field, argument, input and enum value whose decorator has none.
 * @param byName descriptions of names that mean the same in all types
 */
export function describe(schema: GraphQLSchema, byType: Descriptions, byName: Record<string, string>): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    const own = byType[type.name] ?? {};
    const set = (element: Describable, name: string, common = name) => {
      element.description ??= own[name] ?? byName[common];
    };
    set(type, '', kinds.find(kind => type.name.endsWith(kind)) ?? type.name);
    if (isEnumType(type)) for (const value of type.getValues()) set(value, value.name);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      set(field, field.name);
      for (const argument of 'args' in field ? field.args : []) set(argument, `${field.name}(${argument.name})`, argument.name);
    }
  }
  return schema;
}
