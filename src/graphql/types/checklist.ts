import { Field, ObjectType } from 'type-graphql';
import type { BlockerDetails } from '../../domain/model/blocker-details.js';
import type { ChecklistCode, ChecklistState } from '../../domain/model/provisioning-checklist.js';
import { BlockerDetailsUnion } from './blocker-details.js';
import { ChecklistCodeEnum, ChecklistStateEnum } from './enums.js';

@ObjectType('ChecklistItem', { description: 'Something in a workspace that only people can do.' })
export class ChecklistItemType {
  @Field(() => ChecklistCodeEnum, { description: 'What it is about.' })
  code: ChecklistCode;

  @Field(() => ChecklistStateEnum, { description: 'Whether it is done, as far as it can be seen.' })
  state: ChecklistState;

  @Field({ description: 'What to do, or what was found.' })
  message: string;

  @Field(() => BlockerDetailsUnion, { nullable: true, description: 'The same for programs; null if there is nothing to list.' })
  details: BlockerDetails | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When a PROVISIONING run saw it; null if it is computed from the connection, the teammates and the agents.',
  })
  checkedAt: Date | null;
}
