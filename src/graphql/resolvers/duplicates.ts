import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DuplicateOutcome } from '../../domain/duplicates/duplicate-group.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { duplicateCursor } from '../../operations/cursor.js';
import { findPurges } from '../../operations/find-purges.js';
import { listDuplicates } from '../../operations/list-duplicates.js';
import type { GraphQLContext } from '../context.js';
import { type PurgedConnection, toConnection, withPurge } from '../types/connection.js';
import { DuplicateGroupConnection, type DuplicateGroupType, toDuplicateGroupType } from '../types/duplicate-group.js';
import { DuplicateOutcomeEnum, RecordTypeEnum } from '../types/enums.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class DuplicateResolver {
  @FieldResolver(() => DuplicateGroupConnection, {
    description:
      'Likely duplicates among the staged contacts and companies, as the newest EXTRACTION, DELTA or PROVISIONING run found them.',
  })
  async likelyDuplicates(
    @Root() { project }: ProjectType,
    @Arg('recordType', () => RecordTypeEnum, { nullable: true, description: 'CONTACT or COMPANY; both if absent.' })
    recordType: RecordType | null,
    @Arg('outcome', () => DuplicateOutcomeEnum, { nullable: true, description: 'Both if absent.' })
    outcome: DuplicateOutcome | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<PurgedConnection<DuplicateGroupType>> {
    const wanted = { ...pageOf(page), recordType: recordType ?? null, outcome: outcome ?? null };
    const connection = toConnection(
      await reads.load(listDuplicates, project.id, wanted),
      ({ position }) => duplicateCursor.write(position),
      toDuplicateGroupType,
    );
    return withPurge(connection, () => reads.load(findPurges, project.id));
  }
}
