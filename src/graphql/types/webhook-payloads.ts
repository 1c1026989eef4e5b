import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Payload } from './payloads.js';
import { WebhookType } from './webhook.js';

@ObjectType()
export class WebhookPayload extends Payload {
  @Field(() => WebhookType, { nullable: true })
  webhook?: WebhookType;
}

@ObjectType()
export class WebhookSecretPayload extends Payload {
  @Field(() => WebhookType, { nullable: true })
  webhook?: WebhookType;

  @Field(() => String, {
    nullable: true,
    description:
      'The secret that signs, in the form `whsec_...`. Only this answer shows it, and the answer to a repetition with the same idempotencyKey.',
  })
  secret?: string;
}

@ObjectType()
export class RemoveWebhookPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the removed webhook; null if the call failed.' })
  webhookId?: string;
}

@ObjectType()
export class TestWebhookPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the receiver answered with a status from 200 to 299.' })
  delivered?: boolean;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the answer; null if there was none.' })
  status?: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null if it succeeded.' })
  error?: string | null;
}
