import { Field, ObjectType } from 'type-graphql';
import type { Role } from '../../domain/model/principal.js';
import { RoleEnum } from './enums.js';

@ObjectType('Viewer', { description: 'The caller: the API key of the Authorization header.' })
export class ViewerType {
  @Field({ description: 'Name of the key.' })
  name: string;

  @Field(() => RoleEnum)
  role: Role;
}
