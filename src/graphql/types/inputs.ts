import { Field, ID, InputType } from 'type-graphql';
import type { OrganizationKind } from '../../domain/organization.js';
import type { Role } from '../../domain/principal.js';
import { OrganizationKindEnum, RoleEnum } from './enums.js';

@InputType()
abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'The same key with the same input answers the first result again, for at least 24 hours. 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@InputType()
export class CreateProjectInput extends MutationInput {
  @Field({ description: '1 to 200 characters.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: "The caller's own reference, unique within the organization. 1 to 200 characters.",
  })
  externalRef?: string | null;

  @Field(() => ID, { nullable: true, description: "The caller's own organization where none is given." })
  organizationId?: string | null;
}

@InputType()
export class CreateOrganizationInput extends MutationInput {
  @Field({ description: '1 to 200 characters.' })
  name: string;

  @Field(() => OrganizationKindEnum, { description: 'Below PARTNER any, below AGENCY CUSTOMER, below CUSTOMER none.' })
  kind: OrganizationKind;

  @Field(() => ID, { nullable: true, description: "The caller's own organization where none is given." })
  parentId?: string | null;
}

@InputType()
export class CreateApiKeyInput extends MutationInput {
  @Field(() => ID)
  organizationId: string;

  @Field({ description: '1 to 200 characters.' })
  name: string;

  @Field(() => RoleEnum)
  role: Role;
}
