import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import type { FieldOutcome } from '../../domain/verify/verification.js';
import { differenceCursor } from '../../operations/cursor.js';
import { findPurges } from '../../operations/find-purges.js';
import { findRecordVerifications, listDifferences, listFidelity, reconcile } from '../../operations/find-reconciliation.js';
import type { GraphQLContext } from '../context.js';
import { type PurgedConnection, toConnection, withPurge } from '../types/connection.js';
import { EnvironmentEnum, RecordTypeEnum } from '../types/enums.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { ProjectType } from '../types/project.js';
import { DifferenceConnection, type DifferenceType, FieldFidelityType, ReconciliationType } from '../types/reconciliation.js';
import { RecordVerificationType } from '../types/record-verification.js';
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
  ): Promise<PurgedConnection<DifferenceType>> {
    const differences = await reads.load(listDifferences, projectId, { ...pageOf(page), environment });
    const connection = toConnection(
      differences,
      ({ position }) => differenceCursor.write(position),
      ({ difference }) => difference,
    );
    return withPurge(connection, () => reads.load(findPurges, projectId));
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

@Resolver(() => ProjectType)
export class RecordVerificationResolver {
  @FieldResolver(() => RecordVerificationType, {
    nullable: true,
    description:
      'The last read-back of one record, field by field; null if it was not read back. The messages of a ticket are read with its id, as MESSAGE.',
  })
  async recordVerification(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { description: 'The workspace.' }) environment: Environment,
    @Arg('recordType', () => RecordTypeEnum, { description: 'The kind of record.' }) recordType: RecordType,
    @Arg('sourceId', { description: 'Id of the record in Infoset.' }) sourceId: string,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<RecordVerificationType | null> {
    const found = await reads.load(findRecordVerifications, project.id, { environment, recordType, sourceId });
    if (!found) return null;
    const fields = found.fields.map(each => ({ ...each, outcome: each.outcome.toUpperCase() as Uppercase<FieldOutcome> }));
    return { ...found, fields };
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
