import { Field, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { Organization, OrganizationKind } from '../../domain/model/organization.js';
import { connectionType } from './connection.js';
import { OrganizationKindEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Organization', {
  implements: Node,
  description: 'A partner, an agency or a customer. It reaches all organizations below it.',
})
export class OrganizationType extends Node {
  @Field()
  name: string;

  @Field(() => OrganizationKindEnum)
  kind: OrganizationKind;

  @Field()
  createdAt: Date;

  parentId: string | null;
}

export const OrganizationConnection = connectionType('Organization', () => OrganizationType);

export function toOrganizationType({ id, ...rest }: Organization): OrganizationType {
  return Object.assign(new OrganizationType(), rest, { id: publicId('Organization', id) });
}
