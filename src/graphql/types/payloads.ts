import { Field, ObjectType } from 'type-graphql';
import { UserError, UserErrors } from '../../domain/model/errors.js';
import { AgentType } from './agent.js';
import { ApiKeyType } from './api-key.js';
import { IssueType } from './issue.js';
import { MappingVersionType } from './mapping-version.js';
import { OrganizationType } from './organization.js';
import { PlatformConnectionType } from './platform-connection.js';
import { ProjectType } from './project.js';
import { RunType } from './run.js';

@ObjectType('UserError', {
  description: 'An error that the caller can fix.',
})
export class UserErrorType {
  @Field()
  code: string;

  @Field()
  message: string;

  @Field(() => [String], { nullable: true })
  path: readonly string[] | null;

  @Field({ description: 'Whether the same call can succeed later.' })
  retryable: boolean;
}

@ObjectType()
export abstract class Payload {
  @Field(() => [UserErrorType])
  userErrors: UserErrorType[];
}

@ObjectType()
export class ProjectPayload extends Payload {
  @Field(() => ProjectType, { nullable: true })
  project?: ProjectType;
}

@ObjectType()
export class OrganizationPayload extends Payload {
  @Field(() => OrganizationType, { nullable: true })
  organization?: OrganizationType;
}

@ObjectType()
export class ApiKeyPayload extends Payload {
  @Field(() => ApiKeyType, { nullable: true })
  apiKey?: ApiKeyType;

  @Field(() => String, {
    nullable: true,
    description: 'The Bearer token. Only this answer shows it, and the answer to a repetition with the same idempotencyKey.',
  })
  secret?: string;
}

@ObjectType()
export class RevokeApiKeyPayload extends Payload {
  @Field(() => ApiKeyType, { nullable: true })
  apiKey?: ApiKeyType;
}

@ObjectType()
export class ConnectionPayload extends Payload {
  @Field(() => PlatformConnectionType, { nullable: true })
  connection?: PlatformConnectionType;
}

@ObjectType()
export class RunPayload extends Payload {
  @Field(() => RunType, { nullable: true })
  run?: RunType;
}

@ObjectType()
export class MappingPayload extends Payload {
  @Field(() => MappingVersionType, {
    nullable: true,
    description:
      'The mapping version after the call; with STALE_MAPPING, the current version. Null if the call failed otherwise.',
  })
  mapping?: MappingVersionType;
}

@ObjectType()
export class AgentPayload extends Payload {
  @Field(() => AgentType, { nullable: true })
  agent?: AgentType;
}

@ObjectType()
export class IssuePayload extends Payload {
  @Field(() => IssueType, { nullable: true })
  issue?: IssueType;
}

/** The payload of a mutation: its result, or the errors that the caller can fix. Other errors are thrown. */
export async function payload<T extends object>(work: () => Promise<T>): Promise<T & { userErrors: UserErrorType[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    const errors = error instanceof UserErrors ? error.errors : error instanceof UserError ? [error] : null;
    if (!errors) throw error;
    return { userErrors: errors.map(toUserErrorType) } as T & { userErrors: UserErrorType[] };
  }
}

export function toUserErrorType({ code, message, options }: UserError): UserErrorType {
  return { code, message, path: options.path ?? null, retryable: options.retryable ?? false };
}
