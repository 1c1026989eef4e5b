import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { ConnectionSide } from '../../domain/model/connection.js';
import type { IssueStatus } from '../../domain/model/issue.js';
import type { LoadOrder } from '../../domain/model/load-plan.js';
import type { OrganizationKind } from '../../domain/model/organization.js';
import type { Role, Scope } from '../../domain/model/principal.js';
import type { Language } from '../../domain/model/project.js';
import type { Environment, RunKind } from '../../domain/model/run.js';
import {
  ConnectionSideEnum,
  EnvironmentEnum,
  IssueStatusEnum,
  LanguageEnum,
  LoadOrderEnum,
  OrganizationKindEnum,
  RoleEnum,
  RunKindEnum,
  ScopeEnum,
} from './enums.js';
import { LoadWindowInput } from './load-plan.js';
import { DestinationOptionsInput, SourceOptionsInput } from './option-inputs.js';

@InputType()
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters.',
  })
  idempotencyKey?: string | null;
}

@InputType()
export class CreateProjectInput extends MutationInput {
  @Field({ description: '1 to 200 characters.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Reference of the caller, unique in the organization. 1 to 200 characters.',
  })
  externalRef?: string | null;

  @Field(() => ID, { nullable: true, description: "If absent, the caller's own organization." })
  organizationId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether up to three samples of a field may be sent to the model of MAPPING_LLM_URL, if there is one. Default: false; then it gets labels and types only.',
  })
  allowSamplesToLlm?: boolean | null;

  @Field(() => LanguageEnum, { nullable: true, description: 'Language of its documents; EN if absent.' })
  language?: Language | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Time zone of dates of the source without an offset: an IANA or Windows name. It becomes an option of the SOURCE connection when that is set without one.',
  })
  timeZone?: string | null;

  @Field(() => Int, { nullable: true, description: 'Days from the handover to the end of hypercare: 0 to 90; 7 if absent.' })
  hypercareDays?: number | null;
}

@InputType()
export class UpdateProjectInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters. If absent, it stays as it is.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Reference of the caller, unique in the organization. 1 to 200 characters. If absent, it stays as it is.',
  })
  externalRef?: string | null;

  @Field(() => LanguageEnum, { nullable: true, description: 'Language of its documents. If absent, it stays as it is.' })
  language?: Language | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Time zone of dates of the source without an offset: an IANA or Windows name. It becomes an option of the SOURCE connection when that is set without one. If absent, it stays as it is.',
  })
  timeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days from the handover to the end of hypercare: 0 to 90. If absent, they stay as they are.',
  })
  hypercareDays?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether samples of values may be sent to the model that suggests targets. If absent, it stays as it is.',
  })
  allowSamplesToLlm?: boolean | null;
}

@InputType({ description: 'Selects a project.' })
export class ArchiveProjectInput extends MutationInput {
  @Field(() => ID)
  projectId: string;
}

@InputType({ description: 'Selects a connection.' })
export class RemoveConnectionInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => ConnectionSideEnum, { description: 'The platform.' })
  side: ConnectionSide;
}

@InputType()
export class CreateOrganizationInput extends MutationInput {
  @Field({ description: '1 to 200 characters.' })
  name: string;

  @Field(() => OrganizationKindEnum, {
    description: 'A PARTNER can have any kind below it, an AGENCY only CUSTOMER, a CUSTOMER none.',
  })
  kind: OrganizationKind;

  @Field(() => ID, { nullable: true, description: "If absent, the caller's own organization." })
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
    description: 'When the key becomes invalid: a time in the future. If absent, never.',
  })
  expiresAt?: Date | null;

  @Field(() => [ScopeEnum], {
    nullable: true,
    description: 'What the key may do of what its role may do. If absent, all of it. A key with scopes can give only its own.',
  })
  scopes?: Scope[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The only projects that the key sees: 1 to 100. If absent, all that the organization reaches.',
  })
  projectIds?: string[] | null;
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

  @Field({ description: 'Infoset API key, or Intercom access token. It cannot be read again.' })
  secret: string;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: `Options by name; \`docs/reference/connection-options.md\` lists them. An unknown option or a wrong value is INVALID_INPUT.
SOURCE: overrides of the profile, plan and retention if the account does not return them; with loginEmail, the secret is the password of this login.
SANDBOX and DESTINATION: placeholderTeammateEmail (an existing teammate; any other address is refused with TEAMMATE_NOT_FOUND; if it is missing,
PRODUCTION is blocked with PLACEHOLDER_MISSING),
limits of the plan that no API returns (inboxes, widgets, seats), replyHtml and others.`,
  })
  options?: Record<string, unknown> | null;

  @Field(() => SourceOptionsInput, { nullable: true, description: 'The options of side SOURCE, typed; instead of `options`.' })
  sourceOptions?: SourceOptionsInput | null;

  @Field(() => DestinationOptionsInput, {
    nullable: true,
    description: 'The options of side SANDBOX or DESTINATION, typed; instead of `options`.',
  })
  destinationOptions?: DestinationOptionsInput | null;
}

@InputType()
export class StartRunInput extends MutationInput {
  @Field(() => ID)
  projectId: string;

  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, {
    nullable: true,
    description: 'The workspace. Required by every kind that writes or deletes; there is no default.',
  })
  environment?: Environment | null;

  @Field(() => Boolean, { nullable: true, description: 'Only for ROLLBACK: true makes a plan and deletes nothing.' })
  dryRun?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Only for ROLLBACK: the `planHash` of the plan to execute.' })
  planHash?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'VERIFICATION: how many records are read back, chosen over all types; all if absent.',
  })
  sampleSize?: number | null;

  @Field(() => Date, {
    nullable: true,
    description: 'PRODUCTION: when the run starts, at most a year from now. Until then it is QUEUED and can be cancelled.',
  })
  startAt?: Date | null;

  @Field(() => [LoadWindowInput], {
    nullable: true,
    description: 'PRODUCTION: times of the week in which the run works, at most 20. Outside of them it waits in the queue.',
  })
  windows?: LoadWindowInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'PRODUCTION: calls to Intercom in a clock hour, 100 to 1,000,000. Calls in flight can exceed it a little.',
  })
  maxCallsPerHour?: number | null;

  @Field(() => LoadOrderEnum, {
    nullable: true,
    description: 'PRODUCTION: in which order tickets are loaded. If absent, LONGEST_FIRST.',
  })
  order?: LoadOrder | null;

  @Field(() => Date, {
    nullable: true,
    description: 'PRODUCTION: load only tickets and calls that were created at this time or later, and what was loaded before.',
  })
  createdFrom?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'PRODUCTION: load only tickets and calls that were created before this time, and what was loaded before.',
  })
  createdTo?: Date | null;
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
