import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RecordType } from '../../domain/model/record-type.js';
import { checkSince, findMappingChanges } from '../../operations/find-mapping-changes.js';
import { previewMappings } from '../../operations/preview-mapping.js';
import type { GraphQLContext } from '../context.js';
import { RecordTypeEnum } from '../types/enums.js';
import { FieldChangeType, PreviewRecordType, toFieldChangeType } from '../types/mapping-review.js';
import { MappingVersionType } from '../types/mapping-version.js';

const previewedRecords = 5;

@Resolver(() => MappingVersionType)
export class MappingReviewResolver {
  @FieldResolver(() => [PreviewRecordType], {
    description:
      'The first staged records of a kind as this version, draft or confirmed, would write them. Nothing is written. Messages of tickets, and contacts that become one because they have the same address, are not part of it.',
  })
  preview(
    @Root() { uuid }: MappingVersionType,
    @Arg('recordType', () => RecordTypeEnum, { description: 'CONTACT, COMPANY, DEAL or TICKET.' }) recordType: RecordType,
    @Arg('first', () => Int, { nullable: true, defaultValue: previewedRecords, description: 'Number of records: 1 to 20.' })
    first: number | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<PreviewRecordType[]> {
    return reads.load(previewMappings, uuid, recordType, first ?? previewedRecords);
  }

  @FieldResolver(() => [FieldChangeType], {
    description:
      'The fields that were added, removed or changed since an earlier version: all that its `hash` covers. Empty for the first version.',
  })
  async changes(
    @Root() { uuid, version }: MappingVersionType,
    @Arg('since', () => Int, { nullable: true, description: 'Number of the earlier version; if absent, the one before.' })
    since: number | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<FieldChangeType[]> {
    checkSince(since ?? null, version);
    return (await reads.load(findMappingChanges, uuid, since ?? null)).map(toFieldChangeType);
  }
}
