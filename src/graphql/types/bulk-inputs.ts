import { Field, ID, InputType } from 'type-graphql';
import type { FieldMappingAction } from '../../domain/mapping/field-mapping.js';
import type { IssueStatus } from '../../domain/model/issue.js';
import { FieldMappingActionEnum, IssueStatusEnum } from './enums.js';
import { MutationInput } from './inputs.js';
import { ValueMappingInput } from './mapping-inputs.js';

@InputType({ description: 'As ResolveAgentInput.' })
export class ResolveAgentItem {
  @Field(() => ID)
  agentId: string;

  @Field(() => String, { nullable: true, description: 'Address of the teammate to credit; not together with `usePlaceholder`.' })
  teammateEmail?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True to credit the placeholder.' })
  usePlaceholder?: boolean | null;
}

@InputType({ description: 'Answers for several agents.' })
export class ResolveAgentsInput extends MutationInput {
  @Field(() => [ResolveAgentItem])
  items: ResolveAgentItem[];
}

@InputType({ description: 'As UpdateIssueInput.' })
export class UpdateIssueItem {
  @Field(() => ID)
  issueId: string;

  @Field(() => IssueStatusEnum)
  status: IssueStatus;

  @Field(() => String, { nullable: true, description: 'Why, for colleagues. At most 2,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'Changes the status of several issues.' })
export class UpdateIssuesInput extends MutationInput {
  @Field(() => [UpdateIssueItem])
  items: UpdateIssueItem[];
}

@InputType({ description: 'As UpdateFieldMappingInput.' })
export class UpdateFieldMappingItem {
  @Field(() => ID, { description: 'Id of the field. All fields are of one mapping version.' })
  fieldMappingId: string;

  @Field(() => FieldMappingActionEnum, { description: 'What happens to the field.' })
  action: FieldMappingAction;

  @Field(() => String, { nullable: true, description: 'Path of the target.' })
  targetPath?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the field does not move; required with IGNORE.' })
  ignoreReason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Value for records without one. Absent: it stays as it is; null or empty: there is none.',
  })
  defaultValue?: string | null;

  @Field(() => [ValueMappingInput], {
    nullable: true,
    description: 'Replacements of single values. Values that are not listed keep their replacement.',
  })
  values?: ValueMappingInput[] | null;
}

@InputType({ description: 'Edits several fields of one draft.' })
export class UpdateFieldMappingsInput extends MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'The `hash` of the version that the editor saw. If it has changed, nothing is edited: STALE_MAPPING.',
  })
  expectedHash?: string | null;

  @Field(() => [UpdateFieldMappingItem])
  items: UpdateFieldMappingItem[];
}
