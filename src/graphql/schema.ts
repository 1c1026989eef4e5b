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
import { CallRecordingResolver } from './resolvers/call-recordings.js';
import { ProjectDocumentsResolver } from './resolvers/documents.js';
import { MappingVersionResolver, ProjectMappingResolver, RunMappingResolver } from './resolvers/mappings.js';
import { NodeResolver } from './resolvers/node.js';
import { ApiKeyResolver, OrganizationResolver, ViewerResolver } from './resolvers/organizations.js';
import { ProjectEventResolver } from './resolvers/project-events.js';
import { ProjectResolver } from './resolvers/projects.js';
import { ProjectReconciliationResolver, ReconciliationResolver, RunReconciliationResolver } from './resolvers/reconciliation.js';
import { RepairResolver } from './resolvers/repairs.js';
import { RunResolver } from './resolvers/runs.js';

const resolvers = [
  ViewerResolver,
  NodeResolver,
  OrganizationResolver,
  ApiKeyResolver,
  ProjectResolver,
  RunResolver,
  MappingVersionResolver,
  ProjectMappingResolver,
  RunMappingResolver,
  ReconciliationResolver,
  ProjectReconciliationResolver,
  RunReconciliationResolver,
  RepairResolver,
  ProjectDocumentsResolver,
  CallRecordingResolver,
  ProjectEventResolver,
] as const;

export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    scalarsMap: [
      { type: Date, scalar: GraphQLDateTime },
      { type: Object, scalar: GraphQLJSONObject },
    ],
    // Operations check their inputs and answer userErrors.
    validate: false,
    // Demanded wherever there is a subscription; ours bring their own sequences.
    pubSub: {
      publish: () => undefined,
      subscribe: () => {
        throw new Error('Subscriptions have sequences of their own.');
      },
    },
  });
  const byType = { ...enumDescriptions, ...objectDescriptions, ...inputDescriptions };
  return guardArguments(describe(schema, byType, commonDescriptions));
}

/** The schema as text; values of enums stand in an order that means something. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(await createSchema())}\n`;
}
