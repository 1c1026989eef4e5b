import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';
import { destinationOptions } from '../../operations/destination-options.js';
import { sourceOptions } from '../../operations/source-options.js';
import { DealTargetEnum, HistoryFormEnum, PendingFormEnum, RegionEnum } from './enums.js';

/** What an option means is written once, where it is checked. */
const ofSource = (name: keyof typeof sourceOptions.shape) => described(sourceOptions.shape[name].unwrap().description);
const ofDestination = (name: keyof typeof destinationOptions.shape) =>
  described(destinationOptions.shape[name].unwrap().description);
const described = (description: string | undefined) => ({ nullable: true, description: description ?? '' }) as const;

@InputType({ description: 'Options of the SOURCE connection. What is absent or null is not set.' })
export class SourceOptionsInput {
  @Field(() => String, ofSource('loginEmail'))
  loginEmail?: string | null;

  @Field(() => GraphQLJSONObject, ofSource('profile'))
  profile?: Record<string, unknown> | null;

  @Field(() => String, ofSource('planCode'))
  planCode?: string | null;

  @Field(() => Int, ofSource('chatHistoryRetentionDays'))
  chatHistoryRetentionDays?: number | null;

  @Field(() => Int, ofSource('mailAccountLimit'))
  mailAccountLimit?: number | null;

  @Field(() => Int, ofSource('chatWidgetLimit'))
  chatWidgetLimit?: number | null;

  @Field(() => Boolean, ofSource('recordingDownload'))
  recordingDownload?: boolean | null;

  @Field(() => String, ofSource('timeZone'))
  timeZone?: string | null;

  @Field(() => String, ofSource('accountKey'))
  accountKey?: string | null;

  @Field(() => String, ofSource('defaultCountry'))
  defaultCountry?: string | null;

  @Field(() => GraphQLJSONObject, ofSource('recordUrls'))
  recordUrls?: Record<string, unknown> | null;
}

@InputType({ description: 'Options of a SANDBOX or DESTINATION connection. What is absent or null is not set.' })
export class DestinationOptionsInput {
  @Field(() => String, ofDestination('placeholderTeammateEmail'))
  placeholderTeammateEmail?: string | null;

  @Field(() => Boolean, ofDestination('replyHtml'))
  replyHtml?: boolean | null;

  @Field(() => RegionEnum, ofDestination('region'))
  region?: string | null;

  @Field(() => DealTargetEnum, ofDestination('dealsAs'))
  dealsAs?: string | null;

  @Field(() => PendingFormEnum, ofDestination('pendingAs'))
  pendingAs?: string | null;

  @Field(() => HistoryFormEnum, ofDestination('historyAs'))
  historyAs?: string | null;

  @Field(() => Int, ofDestination('inboxes'))
  inboxes?: number | null;

  @Field(() => Int, ofDestination('widgets'))
  widgets?: number | null;

  @Field(() => Int, ofDestination('seats'))
  seats?: number | null;
}
