import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import type { GraphQLContext } from './context.js';

/** Begins an operation; the function that it returns ends it. */
export type ObserveOperation = (name: string) => (result: 'ok' | 'error') => void;

/** Reports operations under names of the schema. The operation name of a client could be any text, and a new one each time. */
export const observeOperations = (observe: ObserveOperation): ApolloServerPlugin<GraphQLContext> => ({
  requestDidStart: async () => {
    let end: ((result: 'ok' | 'error') => void) | null = null;
    return {
      didResolveOperation: async ({ operation }) => {
        if (operation) end = observe(nameOf(operation));
      },
      willSendResponse: async ({ response: { body } }) => {
        end?.(body.kind === 'single' && body.singleResult.errors?.length ? 'error' : 'ok');
      },
    };
  },
});

/** The kind and the root field of an operation. */
export function nameOf({ operation, selectionSet: { selections } }: OperationDefinitionNode): string {
  const fields = new Set(selections.map(each => (each.kind === Kind.FIELD ? each.name.value : null)));
  const [only] = fields;
  return fields.size === 1 && only ? `${operation} ${only}` : `${operation} of several fields`;
}
