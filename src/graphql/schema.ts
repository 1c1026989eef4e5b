import 'reflect-metadata';
import { type GraphQLSchema, printSchema } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { buildSchema } from 'type-graphql';
import { commonDescriptions } from './descriptions/common.js';
import { describe } from './descriptions/describe.js';
import { enumDescriptions } from './descriptions/enums.js';
import { inputDescriptions } from './descriptions/inputs.js';
import { objectDescriptions } from './descriptions/objects.js';
import { guardArguments } from './limits/arguments.js';
import { nameMutations } from './name-mutations.js';
import { resolvers } from './resolvers/index.js';

export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    scalarsMap: [
      { type: Date, scalar: GraphQLDateTime },
      { type: Object, scalar: GraphQLJSONObject },
    ],
    // Operations check their inputs and return userErrors.
    validate: false,
    // type-graphql requires it for subscriptions, which here return their own sequences.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('Subscriptions return their own sequences.');
      },
    },
  });
  const byType = { ...enumDescriptions, ...objectDescriptions, ...inputDescriptions };
  return guardArguments(nameMutations(describe(schema, byType, commonDescriptions)));
}

/** The schema as text. It is not sorted, because the order of enum values has a meaning. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(await createSchema())}\n`;
}
