import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { comparisonsOf } from '../../domain/discovery/comparison.js';
import { complexityOf } from '../../domain/discovery/complexity.js';
import { constraintsOf } from '../../domain/discovery/constraints.js';
import { estimateOf } from '../../domain/discovery/estimate.js';
import type { DiscoveryFacts } from '../../domain/discovery/facts.js';
import { quoteOf } from '../../domain/discovery/quote.js';
import { weeksOf } from '../../domain/discovery/weeks.js';
import { countRecords } from '../../operations/count-records.js';
import { findDiscoveries } from '../../operations/find-discoveries.js';
import { findDiscoveryFacts } from '../../operations/find-discovery-facts.js';
import type { GraphQLContext } from '../context.js';
import {
  ComplexityType,
  ConstraintType,
  DiscoveryType,
  EstimateType,
  toDiscoveredCounts,
  toDiscoveryType,
} from '../types/discovery.js';
import { ProjectType } from '../types/project.js';
import { RecordCountType } from '../types/record-count.js';

@Resolver(() => ProjectType)
export class ProjectDiscoveryResolver {
  @FieldResolver(() => DiscoveryType, { nullable: true, description: 'Null until a DISCOVERY run has succeeded.' })
  async discovery(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<DiscoveryType | null> {
    const discovery = await reads.load(findDiscoveries, project.id);
    return discovery && toDiscoveryType(project.id, discovery);
  }
}

@Resolver(() => DiscoveryType)
export class DiscoveryResolver {
  @FieldResolver(() => [RecordCountType])
  async counts(@Root() { about }: DiscoveryType, @Ctx() { reads }: GraphQLContext): Promise<RecordCountType[]> {
    return toDiscoveredCounts(about.counts, await reads.load(countRecords, about.projectId, 'PRODUCTION'));
  }

  @FieldResolver(() => [ConstraintType])
  async constraints(@Root() discovery: DiscoveryType, @Ctx() context: GraphQLContext): Promise<ConstraintType[]> {
    return constraintsOf(await factsOf(discovery, context)).map(each => Object.assign(new ConstraintType(), each));
  }

  @FieldResolver(() => ComplexityType)
  async complexity(@Root() discovery: DiscoveryType, @Ctx() context: GraphQLContext): Promise<ComplexityType> {
    return Object.assign(new ComplexityType(), complexityOf(await factsOf(discovery, context)));
  }

  @FieldResolver(() => EstimateType)
  async estimate(@Root() discovery: DiscoveryType, @Ctx() context: GraphQLContext): Promise<EstimateType> {
    const facts = await factsOf(discovery, context);
    return Object.assign(new EstimateType(), {
      ...estimateOf(facts),
      weeks: weeksOf(facts),
      quote: quoteOf(facts, context.operation.priceTable),
      comparisons: comparisonsOf(facts),
    });
  }
}

/** Fields of the same answer share one read. @throws Error if the discovery was deleted meanwhile */
async function factsOf({ about }: DiscoveryType, { reads }: GraphQLContext): Promise<DiscoveryFacts> {
  const facts = await reads.load(findDiscoveryFacts, about.projectId);
  if (!facts) throw new Error('The discovery was deleted while it was read.');
  return facts;
}
