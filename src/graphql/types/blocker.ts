import { Field, ObjectType } from 'type-graphql';
import type { BlockerDetails } from '../../domain/model/blocker-details.js';
import { BlockerDetailsUnion } from './blocker-details.js';

@ObjectType('Blocker', {
  description: 'A condition that must be met before work can continue, for example MAPPING_NOT_CONFIRMED.',
})
export class BlockerType {
  @Field()
  code: string;

  @Field()
  message: string;

  @Field(() => BlockerDetailsUnion, {
    nullable: true,
    description: 'What is missing, for programs; null if the code says it all.',
  })
  details?: BlockerDetails | null;
}
