import { GraphQLJSONObject } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { AuditEntry } from '../../domain/model/audit-entry.js';
import { idPrefixes, type NodeType, publicId } from '../../domain/model/ids.js';
import type { CredentialKind } from '../../domain/model/principal.js';
import { connectionType } from './connection.js';
import { CredentialKindEnum } from './enums.js';
import { PageArgs } from './page-args.js';

@ObjectType('AuditEntry', { description: 'One change of one object that a mutation made. Entries are never changed or deleted.' })
export class AuditEntryType {
  @Field(() => ID)
  id: string;

  @Field()
  at: Date;

  @Field(() => CredentialKindEnum, { description: 'Kind of the credential that made the change.' })
  actorKind: CredentialKind;

  @Field(() => ID, { description: 'Id of the key or share token; of a portal token, an id of its subject.' })
  actorId: string;

  @Field({ description: 'Name of the key, or of the person of a portal.' })
  actorName: string;

  @Field({ description: 'Name of the mutation.' })
  operation: string;

  @Field({ description: 'Id of the request, as its answer and the log name it.' })
  requestId: string;

  @Field(() => String, { nullable: true, description: 'Type of the changed object; null if it has none of its own.' })
  objectType: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the changed object; null if it has none.' })
  objectId: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the project that the object belongs to; null if it belongs to none.' })
  projectId: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'The changed values before, by name. Secrets are hidden. Null if the object was created.',
  })
  before: Record<string, unknown> | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'The changed values after, by name. Secrets are hidden. Null if the object was deleted.',
  })
  after: Record<string, unknown> | null;
}

export const AuditEntryConnection = connectionType('AuditEntry', () => AuditEntryType, 'Newest first.');

@InputType({ description: 'Only entries that match all conditions.' })
export class AuditEntryFilter {
  @Field(() => ID, { nullable: true, description: 'Changes of this key, share token or subject of a portal.' })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the mutation.' })
  operation?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the changed object, or of its project.' })
  objectId?: string | null;

  @Field(() => Date, { nullable: true, description: 'Changes at this time or later.' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Changes before this time.' })
  to?: Date | null;
}

@ArgsType()
export class AuditEntryArgs extends PageArgs {
  @Field(() => AuditEntryFilter, { nullable: true, description: 'Only entries that match all conditions.' })
  filter?: AuditEntryFilter | null;
}

export function toAuditEntryType({ createdAt, ...entry }: AuditEntry & { createdAt: Date }): AuditEntryType {
  const { id, actorKind, actorId, objectType, objectId, projectId, before, after } = entry;
  return Object.assign(new AuditEntryType(), entry, {
    id: `aud_${id}`,
    at: createdAt,
    actorId: publicId(actorKind === 'SHARE_TOKEN' ? 'ShareToken' : 'ApiKey', actorId),
    objectId: objectId && objectType && objectType in idPrefixes ? publicId(objectType as NodeType, objectId) : null,
    projectId: projectId && publicId('Project', projectId),
    before: named(before),
    after: named(after),
  });
}

/** Names as the rest of the API writes them. */
const named = (values: Record<string, unknown> | null) =>
  values &&
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
