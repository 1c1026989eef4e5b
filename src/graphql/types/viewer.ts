import { Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { CredentialKind, Principal, Role, Scope } from '../../domain/model/principal.js';
import { CredentialKindEnum, RoleEnum, ScopeEnum } from './enums.js';

@ObjectType('Viewer', { description: 'The caller: the credential of the Authorization header.' })
export class ViewerType {
  @Field({ description: 'Name of the key.' })
  name: string;

  @Field(() => RoleEnum)
  role: Role;

  @Field(() => CredentialKindEnum)
  kind: CredentialKind;

  @Field(() => [ScopeEnum], { nullable: true, description: 'What it may do of what its role may do; null for all of it.' })
  scopes: readonly Scope[] | null;

  @Field(() => [ID], { nullable: true, description: 'The only projects that it sees; null for all in reach.' })
  projectIds: readonly string[] | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it becomes invalid and its open connections close; null for never.',
  })
  expiresAt: Date | null;
}

export function toViewerType({ name, role, kind, scopes, projectIds, expiresAt }: Principal): ViewerType {
  const ids = projectIds?.map(id => publicId('Project', id)) ?? null;
  return Object.assign(new ViewerType(), { name, role, kind, scopes, projectIds: ids, expiresAt });
}
