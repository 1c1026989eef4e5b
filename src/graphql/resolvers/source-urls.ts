import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { findSourceUrls, sourceKey } from '../../operations/find-source-urls.js';
import type { GraphQLContext } from '../context.js';
import { CallRecordingType } from '../types/call-recording.js';
import { CrosswalkEntryType } from '../types/crosswalk.js';
import { IssueType } from '../types/issue.js';

const description =
  'Where a person finds the record at the source: its page, the page of the ticket that contains it, or the public page of an article. Null if there is none.';

@Resolver(() => CrosswalkEntryType)
export class CrosswalkSourceResolver {
  @FieldResolver(() => String, { nullable: true, description })
  sourceUrl(@Root() { projectId, sourceType, sourceId }: CrosswalkEntryType, @Ctx() { reads }: GraphQLContext) {
    return reads.load(findSourceUrls, sourceKey({ projectId, recordType: sourceType, sourceId })) as Promise<string | null>;
  }
}

@Resolver(() => IssueType)
export class IssueSourceResolver {
  @FieldResolver(() => String, { nullable: true, description })
  async sourceUrl(@Root() { issue }: IssueType, @Ctx() { reads }: GraphQLContext): Promise<string | null> {
    const { projectId, recordType, sourceId } = issue;
    return recordType === null || sourceId === null
      ? null
      : reads.load(findSourceUrls, sourceKey({ projectId, recordType, sourceId }));
  }
}

@Resolver(() => CallRecordingType)
export class RecordingSourceResolver {
  @FieldResolver(() => String, { nullable: true, description: 'Page of its ticket at the source; null if there is none.' })
  async sourceUrl(
    @Root() { projectId, ticketId, sourceCallId }: CallRecordingType,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<string | null> {
    const key = ticketId === null ? (['CALL', sourceCallId] as const) : (['TICKET', ticketId] as const);
    return reads.load(findSourceUrls, sourceKey({ projectId, recordType: key[0], sourceId: key[1] }));
  }
}
