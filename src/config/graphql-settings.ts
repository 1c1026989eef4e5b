import type { z } from 'zod';
import type { GraphQLLimits } from '../domain/model/graphql-limits.js';
import { integer } from '../domain/model/setting-fields.js';

export const graphqlSettings = {
  GRAPHQL_MAX_DOCUMENT_CHARACTERS: integer(1_000, 1_000_000, 250_000).describe(
    'Characters of a GraphQL document, without its variables.',
  ),
  GRAPHQL_MAX_TOKENS: integer(100, 100_000, 12_000).describe('Tokens of a document.'),
  GRAPHQL_MAX_DEPTH: integer(3, 50, 20).describe('Levels of nested fields.'),
  GRAPHQL_MAX_ALIASES: integer(0, 10_000, 100).describe('Aliases of an operation.'),
  GRAPHQL_MAX_ROOT_FIELDS: integer(1, 10_000, 50).describe('Root fields of an operation.'),
  GRAPHQL_MAX_COST: integer(100, 1_000_000, 5_000).describe('Cost of one request.'),
  GRAPHQL_COST_PER_SECOND: integer(1, 10_000_000, 20_000).describe(
    'Cost that an API key regains each second, in each server process.',
  ),
  GRAPHQL_COST_BURST: integer(100, 10_000_000, 100_000).describe('Cost that an API key can use in a burst.'),
  GRAPHQL_BUDGETS_PER_ORGANIZATION: integer(1, 10_000, 5).describe(
    'How many times the cost of one API key all keys of an organization can use together.',
  ),
  GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 100_000, 100).describe('Open subscriptions of one WebSocket.'),
  GRAPHQL_MAX_SUBSCRIPTIONS_PER_KEY: integer(1, 1_000_000, 500).describe('Open subscriptions, and open sockets, of one API key.'),
};

type Values = z.output<z.ZodObject<typeof graphqlSettings>>;

/** Reports limits that exclude each other. */
export function requireBurst(value: Values, need: (name: string, message: string) => void): void {
  if (value.GRAPHQL_COST_BURST < value.GRAPHQL_MAX_COST) need('GRAPHQL_COST_BURST', 'Give at least GRAPHQL_MAX_COST.');
}

/** Limits of the API for one request, one socket and one API key. */
export const graphqlLimitsOf = (value: Values): GraphQLLimits => ({
  documentCharacters: value.GRAPHQL_MAX_DOCUMENT_CHARACTERS,
  tokens: value.GRAPHQL_MAX_TOKENS,
  depth: value.GRAPHQL_MAX_DEPTH,
  aliases: value.GRAPHQL_MAX_ALIASES,
  rootFields: value.GRAPHQL_MAX_ROOT_FIELDS,
  cost: value.GRAPHQL_MAX_COST,
  costPerSecond: value.GRAPHQL_COST_PER_SECOND,
  costBurst: value.GRAPHQL_COST_BURST,
  budgetsPerOrganization: value.GRAPHQL_BUDGETS_PER_ORGANIZATION,
  subscriptionsPerSocket: value.GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET,
  subscriptionsPerKey: value.GRAPHQL_MAX_SUBSCRIPTIONS_PER_KEY,
});
