import { Field, ID, InputType } from 'type-graphql';
import type { FieldMappingAction } from '../../domain/mapping/field-mapping.js';
import { FieldMappingActionEnum } from './enums.js';
import { MutationInput } from './inputs.js';

@InputType()
export class ProposeMappingInput extends MutationInput {
  @Field(() => ID)
  projectId: string;
}

@InputType()
export class ValueMappingInput {
  @Field()
  from: string;

  @Field(() => String, { nullable: true })
  to?: string | null;
}

@InputType()
export class UpdateFieldMappingInput extends MutationInput {
  @Field(() => ID)
  fieldMappingId: string;

  @Field(() => String, {
    nullable: true,
    description: "The version's hash as the editor saw it; STALE_MAPPING where it has changed.",
  })
  expectedHash?: string | null;

  @Field(() => FieldMappingActionEnum)
  action: FieldMappingAction;

  @Field(() => String, { nullable: true, description: 'CREATE_ATTRIBUTE without one takes the name that was proposed.' })
  targetPath?: string | null;

  @Field(() => String, { nullable: true })
  ignoreReason?: string | null;

  @Field(() => [ValueMappingInput], { nullable: true, description: 'Values that are not named stay as they are.' })
  values?: ValueMappingInput[] | null;
}

@InputType()
export class ConfirmMappingInput extends MutationInput {
  @Field(() => ID)
  mappingVersionId: string;

  @Field()
  expectedHash: string;
}

@InputType({
  description:
    "teammateEmail maps the agent; usePlaceholder credits the project's placeholder teammate and names the agent in the text.",
})
export class ResolveAgentInput extends MutationInput {
  @Field(() => ID)
  agentId: string;

  @Field(() => String, { nullable: true })
  teammateEmail?: string | null;

  @Field(() => Boolean, { nullable: true })
  usePlaceholder?: boolean | null;
}
