import { Field, ObjectType } from 'type-graphql';
import { type Attempt, toUserErrors } from '../../operations/once-for-each.js';
import { FieldMappingType, MappingVersionType } from './mapping-version.js';
import { AgentPayload, IssuePayload, Payload, toUserErrorType, type UserErrorType } from './payloads.js';

const results = 'One result for each item, in the same order; empty if the call failed as a whole.';

@ObjectType()
export class ResolveAgentsPayload extends Payload {
  @Field(() => [AgentPayload], { description: results })
  results: AgentPayload[];
}

@ObjectType()
export class UpdateIssuesPayload extends Payload {
  @Field(() => [IssuePayload], { description: results })
  results: IssuePayload[];
}

@ObjectType()
export class FieldMappingPayload extends Payload {
  @Field(() => FieldMappingType, { nullable: true, description: 'The field after all edits; null if its edit failed.' })
  fieldMapping?: FieldMappingType;
}

@ObjectType()
export class UpdateFieldMappingsPayload extends Payload {
  @Field(() => MappingVersionType, {
    nullable: true,
    description: 'The mapping version after the edits; with STALE_MAPPING, the current version. Null if nothing was edited.',
  })
  mapping?: MappingVersionType;

  @Field(() => [FieldMappingPayload], { description: results })
  results: FieldMappingPayload[];
}

/** The payload of each item: its object under a name, or its errors. */
export const itemPayloads = <T, P extends object>(
  attempts: readonly Attempt<T>[],
  toPayload: (value: T) => P,
): (Partial<P> & { userErrors: UserErrorType[] })[] =>
  attempts.map(each =>
    'errors' in each
      ? ({ userErrors: toUserErrors(each.errors).map(toUserErrorType) } as Partial<P> & { userErrors: UserErrorType[] })
      : { ...toPayload(each.value), userErrors: [] },
  );
