import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({ description: 'An object with an id of its own, unique over all types.' })
export abstract class Node {
  @Field(() => ID)
  id: string;
}
