import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { differenceCursor } from '../../operations/cursor.js';
import { listDifferences, listFidelity, reconcile } from '../../operations/find-reconciliation.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toConnection } from '../types/connection.js';
import { EnvironmentEnum } from '../types/enums.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { ProjectType } from '../types/project.js';
import { DifferenceConnection, type DifferenceType, FieldFidelityType, ReconciliationType } from '../types/reconciliation.js';
import { RunType } from '../types/run.js';

@Resolver(() => ReconciliationType)
export class ReconciliationResolver {
  @FieldResolver(() => [FieldFidelityType])
  fields(@Root() { about }: ReconciliationType, @Ctx() { reads }: GraphQLContext): Promise<FieldFidelityType[]> {
    return reads.load(listFidelity, about.projectId, about.environment);
  }

  @FieldResolver(() => DifferenceConnection)
  async differences(
    @Root() { about: { projectId, environment } }: ReconciliationType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<DifferenceType>> {
    const differences = await reads.load(listDifferences, projectId, { ...pageOf(page), environment });
    return toConnection(
      differences,
      ({ position }) => differenceCursor.write(position),
      ({ difference }) => difference,
    );
  }
}

@Resolver(() => ProjectType)
export class ProjectReconciliationResolver {
  @FieldResolver(() => ReconciliationType)
  reconciliation(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() context: GraphQLContext,
  ): Promise<ReconciliationType> {
    return reconciliationOf(context, project.id, environment);
  }
}

@Resolver(() => RunType)
export class RunReconciliationResolver {
  @FieldResolver(() => ReconciliationType, { description: 'The current reconciliation of the workspace that the run writes to.' })
  reconciliation(@Root() { run }: RunType, @Ctx() context: GraphQLContext): Promise<ReconciliationType> {
    return reconciliationOf(context, run.projectId, run.environment ?? 'PRODUCTION');
  }
}

async function reconciliationOf(
  { reads }: GraphQLContext,
  projectId: string,
  environment: Environment,
): Promise<ReconciliationType> {
  const reconciliation = await reads.load(reconcile, projectId, environment);
  return Object.assign(new ReconciliationType(), reconciliation, { about: { projectId, environment } });
}
