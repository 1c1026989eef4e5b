import { Field, ID, InputType } from 'type-graphql';
import { MutationInput } from './inputs.js';

@InputType()
export class UpdateOrganizationInput extends MutationInput {
  @Field(() => ID)
  organizationId: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters. If absent, it stays as it is.' })
  name?: string | null;
}

@InputType()
export class CreateShareTokenInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field({ description: 'Who it is for. 1 to 200 characters.' })
  name: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When the token becomes invalid: a time in the future, at most a year from now. If absent, in 30 days.',
  })
  expiresAt?: Date | null;
}

@InputType()
export class RevokeShareTokenInput extends MutationInput {
  @Field(() => ID)
  shareTokenId: string;
}
