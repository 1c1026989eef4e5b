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
    description: 'The `hash` of the version that the editor saw. If it has changed, the edit is STALE_MAPPING.',
  })
  expectedHash?: string | null;

  @Field(() => FieldMappingActionEnum)
  action: FieldMappingAction;

  @Field(() => String, {
    nullable: true,
    description:
      'Path of the target. If absent, CREATE_ATTRIBUTE uses the proposed name; for an UNDECIDED field it uses the next free name if that one is taken.',
  })
  targetPath?: string | null;

  @Field(() => String, { nullable: true })
  ignoreReason?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Value for records without one, for an attribute or a name: at most 255 characters, in the type of the attribute (`12.5`, `true`, `2026-05-01`). Absent: it stays as it is; null or empty: there is none.',
  })
  defaultValue?: string | null;

  @Field(() => [ValueMappingInput], {
    nullable: true,
    description: 'Replacements of single values. Values that are not listed keep their replacement.',
  })
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
    'Give one of both: `teammateEmail` credits this teammate; `usePlaceholder` credits the placeholder teammate, and the text names the agent.',
})
export class ResolveAgentInput extends MutationInput {
  @Field(() => ID)
  agentId: string;

  @Field(() => String, { nullable: true })
  teammateEmail?: string | null;

  @Field(() => Boolean, { nullable: true })
  usePlaceholder?: boolean | null;
}
