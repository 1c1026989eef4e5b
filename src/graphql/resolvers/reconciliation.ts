import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { UserError } from '../../domain/model/errors.js';
import type { Environment } from '../../domain/model/run.js';
import { findCrosswalk } from '../../operations/find-crosswalk.js';
import { listDifferences, listFidelity, reconcile } from '../../operations/find-reconciliation.js';
import { updateIssue } from '../../operations/update-issue.js';
import type { GraphQLContext } from '../context.js';
import { CrosswalkLookupInput, CrosswalkMatchType, toCrosswalkEntryType } from '../types/crosswalk.js';
import { EnvironmentEnum } from '../types/enums.js';
import { UpdateIssueInput } from '../types/inputs.js';
import { toIssueType } from '../types/issue.js';
import { IssuePayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';
import { DifferenceConnection, FieldFidelityType, ReconciliationType } from '../types/reconciliation.js';
import { RunType } from '../types/run.js';

const toType = async ({ reads }: GraphQLContext, projectId: string, environment: Environment): Promise<ReconciliationType> =>
  Object.assign(new ReconciliationType(), {
    ...(await reads.load(reconcile, projectId, environment)),
    about: { projectId, environment },
  });

@Resolver(() => ReconciliationType)
export class ReconciliationResolver {
  @FieldResolver(() => [FieldFidelityType])
  fields(@Root() { about }: ReconciliationType, @Ctx() { reads }: GraphQLContext): Promise<FieldFidelityType[]> {
    return reads.load(listFidelity, about.projectId, about.environment);
  }

  @FieldResolver(() => DifferenceConnection)
  async differences(
    @Root() { about }: ReconciliationType,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<DifferenceConnection> {
    const from = after === null || after === undefined ? 0 : placeOf(after);
    const page = { environment: about.environment, first: first ?? 20, after: from };
    const { items, hasNextPage } = await reads.load(listDifferences, about.projectId, page);
    const edges = items.map((node, index) => ({ cursor: toPlace(from + index + 1), node }));
    const pageInfo = {
      hasNextPage,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    return { edges, pageInfo };
  }

  @Query(() => [CrosswalkMatchType], {
    description:
      'Up to 1,000 look-ups a call, in either direction; one match for each, in the order asked, empty where nothing is known.',
  })
  async crosswalk(
    @Arg('projectId', () => ID) projectId: string,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Arg('lookups', () => [CrosswalkLookupInput]) lookups: CrosswalkLookupInput[],
    @Ctx() { operation }: GraphQLContext,
  ): Promise<CrosswalkMatchType[]> {
    const found = await findCrosswalk(operation, projectId, environment, lookups);
    return found.map(entries => ({ entries: entries.map(toCrosswalkEntryType) }));
  }

  @Mutation(() => IssuePayload, { description: 'Acknowledges, waives, resolves or opens an issue again.' })
  updateIssue(@Arg('input') input: UpdateIssueInput, @Ctx() { operation }: GraphQLContext): Promise<IssuePayload> {
    return payload(async () => ({ issue: toIssueType(await updateIssue(operation, input)) }));
  }
}

const toPlace = (place: number) => Buffer.from(`place:${place}`).toString('base64url');

/** @throws UserError MALFORMED_CURSOR */
function placeOf(cursor: string): number {
  const match = /^place:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match) return Number(match[1]);
  throw new UserError('MALFORMED_CURSOR', 'Pass a cursor that this API has issued.', { path: ['after'] });
}

@Resolver(() => ProjectType)
export class ProjectReconciliationResolver {
  @FieldResolver(() => ReconciliationType)
  reconciliation(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() context: GraphQLContext,
  ): Promise<ReconciliationType> {
    return toType(context, project.id, environment);
  }
}

@Resolver(() => RunType)
export class RunReconciliationResolver {
  @FieldResolver(() => ReconciliationType, { description: 'Of the workspace that the run writes to, as it is now.' })
  reconciliation(@Root() { run }: RunType, @Ctx() context: GraphQLContext): Promise<ReconciliationType> {
    return toType(context, run.projectId, run.environment ?? 'PRODUCTION');
  }
}
