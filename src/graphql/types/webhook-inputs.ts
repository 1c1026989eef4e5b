import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from './inputs.js';

const filter = 'Types of `docs/reference/events.md`. An empty list means all types.';

@InputType()
export class CreateWebhookInput extends MutationInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The events of its projects, and of those of all organizations below it, are sent. If absent, the caller's own organization.",
  })
  organizationId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only the events of this project of the organization, or of one below it.' })
  projectId?: string | null;

  @Field({
    description:
      'Address that the events are posted to: https, a public host, no user, password and fragment. At most 2,000 characters.',
  })
  url: string;

  @Field(() => [String], { nullable: true, description: `${filter} If absent, all types.` })
  eventTypes?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Purpose, for people. 1 to 200 characters.' })
  description?: string | null;
}

@InputType()
export class WebhookActionInput extends MutationInput {
  @Field(() => ID)
  webhookId: string;
}

@InputType()
export class UpdateWebhookInput extends WebhookActionInput {
  @Field(() => String, { nullable: true, description: 'As for `createWebhook`. If absent, it stays as it is.' })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: `${filter} If absent, they stay as they are.` })
  eventTypes?: string[] | null;

  @Field(() => String, { nullable: true, description: '1 to 200 characters. If absent, it stays as it is.' })
  description?: string | null;
}

@InputType()
export class RotateWebhookSecretInput extends WebhookActionInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Hours in which the secret before signs too: 0 to 168. If absent, 24.',
  })
  overlapHours?: number | null;
}

@InputType()
export class ReplayWebhookInput extends WebhookActionInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The project whose events are sent again. If absent, the project of the webhook, or all its projects.',
  })
  projectId?: string | null;

  @Field(() => Int, {
    description:
      'The events after this number are sent, again with their `webhook-id`; 0 sends all. A number after the position of the webhook skips the events between.',
  })
  after: number;
}
