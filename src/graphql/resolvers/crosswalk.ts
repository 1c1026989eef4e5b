import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { findCrosswalk } from '../../operations/find-crosswalk.js';
import type { GraphQLContext } from '../context.js';
import { CrosswalkLookupInput, CrosswalkMatchType, toCrosswalkEntryType } from '../types/crosswalk.js';
import { EnvironmentEnum } from '../types/enums.js';

@Resolver()
export class CrosswalkResolver {
  @Query(() => [CrosswalkMatchType], {
    description:
      'Finds records in either direction. Up to 1,000 look-ups in one call. One match for each look-up, in the same order; a match is empty if nothing is known.',
  })
  async crosswalk(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Arg('lookups', () => [CrosswalkLookupInput]) lookups: CrosswalkLookupInput[],
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CrosswalkMatchType[]> {
    const found = await findCrosswalk(operation, projectId, environment, lookups);
    return found.map((entries, index) => ({ ...lookups[index], entries: entries.map(toCrosswalkEntryType) }));
  }
}
