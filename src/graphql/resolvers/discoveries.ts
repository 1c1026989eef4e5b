import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { countRecords } from '../../operations/count-records.js';
import { findDiscoveries } from '../../operations/find-discoveries.js';
import type { GraphQLContext } from '../context.js';
import { DiscoveryType, toDiscoveryType } from '../types/discovery.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class DiscoveryResolver {
  @FieldResolver(() => DiscoveryType, { nullable: true, description: 'Null until a DISCOVERY run has succeeded.' })
  async discovery(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<DiscoveryType | null> {
    const discovery = await reads.load(findDiscoveries, project.id);
    return discovery && toDiscoveryType(discovery, await reads.load(countRecords, project.id, 'PRODUCTION'));
  }
}
