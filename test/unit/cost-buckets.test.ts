import { GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { graphqlLimitsOf, graphqlSettings } from '../../src/config/graphql-settings.js';
import { CostBuckets } from '../../src/graphql/limits/cost-buckets.js';
import { CostMeter } from '../../src/graphql/limits/cost-meter.js';

/** Sends 5,000 requests in each of 60 seconds. @returns how many are refused */
function refusals(settings: Record<string, string>, requested: number, actual: number): number {
  let now = 0;
  const buckets = new CostBuckets(graphqlLimitsOf(z.object(graphqlSettings).parse(settings)), () => now);
  let refused = 0;
  for (let n = 0; n < 60 * 5_000; n++, now += 0.2) {
    try {
      buckets.spend('key', requested);
      buckets.settle('key', requested - actual);
    } catch {
      refused++;
    }
  }
  return refused;
}

test('many keys of an organization have the budget of a few, and another organization has its own', () => {
  const settings = { GRAPHQL_COST_BURST: '100', GRAPHQL_COST_PER_SECOND: '1', GRAPHQL_BUDGETS_PER_ORGANIZATION: '3' };
  const limits = graphqlLimitsOf(z.object(graphqlSettings).parse({ ...settings, GRAPHQL_MAX_COST: '100' }));
  const meter = new CostMeter(new GraphQLSchema({}), limits);
  const spend = (apiKeyId: string, organizationId: string) => meter.chargeReading({ apiKeyId, organizationId }, 95);
  for (const key of ['1', '2', '3']) spend(key, 'a');
  expect(() => spend('4', 'a')).toThrow('Send fewer requests');
  expect(() => spend('1', 'a')).toThrow('Send fewer requests');
  spend('5', 'b');
  // The key that was refused for its organization has not paid.
  spend('4', 'b');
});

test('the defaults allow 5,000 cheap requests a second', () => {
  expect(refusals({}, 1, 1)).toBe(0);
  expect(refusals({}, 50, 4)).toBe(0);
});

test('a smaller budget or a higher cost does not', () => {
  expect(refusals({ GRAPHQL_COST_PER_SECOND: '1' }, 1, 1)).toBeGreaterThan(190_000);
  expect(refusals({}, 20, 20)).toBeGreaterThan(200_000);
});
