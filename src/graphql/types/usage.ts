import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType('MonthOfUsage', { description: 'What an organization itself has used in a month, without those below it.' })
export class MonthOfUsageType {
  @Field({ description: 'The month as YYYY-MM, in UTC.' })
  month: string;

  @Field(() => Float, { description: 'Operations of its API keys: queries, mutations and subscriptions.' })
  requests: number;

  @Field(() => Float, { description: 'Calls to platforms and webhooks, retries included.' })
  calls: number;

  @Field(() => Float, {
    description: 'Records that were read from a source and stored; a run that reads a record again counts it again.',
  })
  recordsRead: number;

  @Field(() => Float, { description: 'Records that were written to a workspace; a later change of a record counts again.' })
  recordsLoaded: number;

  @Field(() => Float, { description: 'Bytes of files and recordings that were downloaded and stored.' })
  bytesStored: number;
}
