import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { createContext, type GraphQLContext } from './context.js';

/** Gives every mutation its name, under which its changes are audited. */
export function nameMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context: GraphQLContext, info) => {
      const { operation } = context;
      const named = createContext(operation, operation.principal, name);
      return resolve(source, args, { ...context, ...named }, info);
    };
  }
  return schema;
}
