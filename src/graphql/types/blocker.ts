import { Field, ObjectType } from 'type-graphql';

@ObjectType('Blocker', {
  description: 'A condition that must be met before work can continue, for example MAPPING_NOT_CONFIRMED.',
})
export class BlockerType {
  @Field()
  code: string;

  @Field()
  message: string;
}
