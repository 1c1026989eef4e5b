import { Field, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import { type Webhook, type WebhookDisabledReason, type WebhookStatus, webhookStatus } from '../../domain/model/webhook.js';
import { connectionType } from './connection.js';
import { WebhookDisabledReasonEnum, WebhookStatusEnum } from './enums.js';

@ObjectType('Webhook', { description: 'An address that gets the events of projects, signed as Standard Webhooks defines it.' })
export class WebhookType {
  @Field(() => ID, { description: 'Global id. `webhook` finds it.' })
  id: string;

  @Field({ description: 'Address that the events are posted to.' })
  url: string;

  @Field(() => String, { nullable: true, description: 'Purpose of the webhook, for people.' })
  description: string | null;

  @Field(() => [String], { description: 'Types of the events that are sent; empty for all types.' })
  eventTypes: string[];

  @Field(() => WebhookStatusEnum, { description: 'Whether it works.' })
  status: WebhookStatus;

  @Field()
  createdAt: Date;

  @Field({ description: 'Name of the key that created it.' })
  createdBy: string;

  @Field(() => Date, { nullable: true, description: 'When it was disabled; null if it is not.' })
  disabledAt: Date | null;

  @Field(() => WebhookDisabledReasonEnum, { nullable: true, description: 'Why it was disabled; null if it is not.' })
  disabledReason: WebhookDisabledReason | null;

  @Field(() => Date, { nullable: true, description: 'When an event was last sent, with or without success; null for never.' })
  lastAttemptAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When an event last arrived; null for never.' })
  lastSuccessAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the last attempt; null if there was no answer.' })
  lastStatus: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null if it succeeded.' })
  lastError: string | null;

  @Field(() => Date, { nullable: true, description: 'Since when an event has failed; null if none fails.' })
  failingSince: Date | null;

  @Field(() => Date, { nullable: true, description: 'When a failed event is sent again; null if none fails.' })
  nextAttemptAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when the secret before the last rotation signs too; null if it does not.',
  })
  previousSecretUntil: Date | null;

  @Field(() => Int, { description: 'Events that it has not handled yet, including those that its filter leaves out.' })
  undelivered: number;

  webhook: Webhook;
}

export const WebhookConnection = connectionType('Webhook', () => WebhookType, 'Newest first.');

export function toWebhookType(webhook: Webhook): WebhookType {
  const { id, organizationId: _, projectId: __, ...rest } = webhook;
  return Object.assign(new WebhookType(), rest, { id: publicId('Webhook', id), status: webhookStatus(webhook), webhook });
}
