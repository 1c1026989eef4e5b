import { Field, ObjectType } from 'type-graphql';

@ObjectType('Blocker', {
  description: 'What must happen before work can continue: code is stable and documented, for example MAPPING_NOT_CONFIRMED.',
})
export class BlockerType {
  @Field()
  code: string;

  @Field()
  message: string;
}
