import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { ConnectionSide } from '../../domain/model/connection.js';
import type { IssueStatus } from '../../domain/model/issue.js';
import type { OrganizationKind } from '../../domain/model/organization.js';
import type { Role } from '../../domain/model/principal.js';
import type { Environment, RunKind } from '../../domain/model/run.js';
import { ConnectionSideEnum, EnvironmentEnum, IssueStatusEnum, OrganizationKindEnum, RoleEnum, RunKindEnum } from './enums.js';

@InputType()
export abstract class MutationInput {
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

  @Field(() => Date, {
    nullable: true,
    description: 'A time in the future from which the key is unknown; never where it is absent.',
  })
  expiresAt?: Date | null;
}

@InputType()
export class RevokeApiKeyInput extends MutationInput {
  @Field(() => ID)
  apiKeyId: string;
}

@InputType()
export class SetConnectionInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ConnectionSideEnum)
  side: ConnectionSide;

  @Field()
  baseUrl: string;

  @Field({ description: 'Infoset API key, or Intercom access token. Never readable again.' })
  secret: string;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: `Source: overrides of the profile, plan and retention where it does not state them; loginEmail logs in by e-mail, with the secret as password.
Destination: placeholderTeammateEmail (an existing teammate, also admin of administrative calls; missing blocks PRODUCTION with PLACEHOLDER_MISSING), plan limits
that no API states (inboxes, widgets, seats), replyHtml.`,
  })
  options?: Record<string, unknown> | null;
}

@InputType()
export class StartRunInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, {
    nullable: true,
    description: 'Required by every kind that writes or deletes: nothing of that sort has a default.',
  })
  environment?: Environment | null;

  @Field(() => Boolean, { nullable: true, description: 'ROLLBACK: plan only, delete nothing.' })
  dryRun?: boolean | null;

  @Field(() => String, { nullable: true, description: 'ROLLBACK: the reviewed plan to carry out.' })
  planHash?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'VERIFICATION: how many records are read back, chosen over all types; all where it is left out.',
  })
  sampleSize?: number | null;
}

@InputType()
export class UpdateIssueInput extends MutationInput {
  @Field(() => ID)
  issueId: string;

  @Field(() => IssueStatusEnum)
  status: IssueStatus;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@InputType()
export class RunActionInput extends MutationInput {
  @Field(() => ID)
  runId: string;
}
