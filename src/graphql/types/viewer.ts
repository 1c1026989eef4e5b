import { Field, ObjectType } from 'type-graphql';
import type { Role } from '../../domain/model/principal.js';
import { RoleEnum } from './enums.js';

@ObjectType('Viewer', { description: 'Who calls: the API key in the Authorization header.' })
export class ViewerType {
  @Field({ description: "The key's name." })
  name: string;

  @Field(() => RoleEnum)
  role: Role;
}
