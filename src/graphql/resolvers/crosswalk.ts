import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { keysetCursor } from '../../operations/cursor.js';
import { findCrosswalk } from '../../operations/find-crosswalk.js';
import { listCrosswalk } from '../../operations/list-crosswalk.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toConnection } from '../types/connection.js';
import {
  CrosswalkEntryConnection,
  type CrosswalkEntryType,
  CrosswalkLookupInput,
  CrosswalkMatchType,
  toCrosswalkEntryType,
} from '../types/crosswalk.js';
import { CrosswalkArgs } from '../types/crosswalk-args.js';
import { EnvironmentEnum } from '../types/enums.js';
import { pageOf } from '../types/page-args.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class CrosswalkResolver {
  @FieldResolver(() => CrosswalkEntryConnection, { description: 'Where its records are in one workspace.' })
  async crosswalkEntries(
    @Root() { project }: ProjectType,
    @Args(() => CrosswalkArgs) { environment, sourceType, destinationType, origin, state, order, ...page }: CrosswalkArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<CrosswalkEntryType>> {
    const wanted = {
      ...pageOf(page),
      environment,
      sourceType: sourceType ?? null,
      destinationType: destinationType ?? null,
      origin: origin ?? null,
      state: state ?? null,
      order: order ?? ('NEWEST' as const),
    };
    const entries = await reads.load(listCrosswalk, project.id, wanted);
    return toConnection(entries, ({ entry: { id, loadedAt } }) => keysetCursor.write({ at: loadedAt, id }), toCrosswalkEntryType);
  }

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
