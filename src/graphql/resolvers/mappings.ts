import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { AgentStatus } from '../../domain/model/agent.js';
import { UserError } from '../../domain/model/errors.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import { confirmMapping } from '../../operations/confirm-mapping.js';
import { findMappings, findMappingsById, listAgents, listFields, listProvisioned } from '../../operations/find-mappings.js';
import { proposeMapping } from '../../operations/propose-mapping.js';
import { resolveAgent } from '../../operations/resolve-agent.js';
import { type MappingAnswer, updateFieldMapping } from '../../operations/update-field-mapping.js';
import type { GraphQLContext } from '../context.js';
import { AgentConnection, toAgentType } from '../types/agent.js';
import { toConnection } from '../types/connection.js';
import { AgentStatusEnum, EnvironmentEnum, RecordTypeEnum } from '../types/enums.js';
import { ConfirmMappingInput, ProposeMappingInput, ResolveAgentInput, UpdateFieldMappingInput } from '../types/mapping-inputs.js';
import {
  FieldMappingConnection,
  MappingVersionType,
  toFieldMappingConnection,
  toMappingVersionType,
} from '../types/mapping-version.js';
import { AgentPayload, MappingPayload, payload, toUserErrorType } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';
import { ProvisionedObjectType } from '../types/provisioned-object.js';
import { RunType } from '../types/run.js';

@Resolver(() => MappingVersionType)
export class MappingVersionResolver {
  @FieldResolver(() => FieldMappingConnection)
  async fields(
    @Root() { uuid }: MappingVersionType,
    @Arg('recordType', () => RecordTypeEnum, { nullable: true }) recordType: RecordType | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<FieldMappingConnection> {
    const afterPosition = after === null || after === undefined ? -1 : positionOf(after);
    const page = { recordType: recordType ?? null, first: first ?? 50, afterPosition };
    return toFieldMappingConnection(await reads.load(listFields, uuid, page), after ?? null);
  }

  @Mutation(() => MappingPayload, { description: 'Drafts a new mapping version from what was discovered.' })
  proposeMapping(@Arg('input') input: ProposeMappingInput, @Ctx() { operation }: GraphQLContext): Promise<MappingPayload> {
    return payload(async () => ({ mapping: toMappingVersionType(await proposeMapping(operation, input)) }));
  }

  @Mutation(() => MappingPayload, { description: 'Changes what becomes of one field of a draft.' })
  updateFieldMapping(
    @Arg('input') input: UpdateFieldMappingInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<MappingPayload> {
    return answered(() => updateFieldMapping(operation, input));
  }

  @Mutation(() => MappingPayload, {
    description: 'Freezes a draft. Nothing is written to a destination without a confirmed version.',
  })
  confirmMapping(@Arg('input') input: ConfirmMappingInput, @Ctx() { operation }: GraphQLContext): Promise<MappingPayload> {
    return answered(() => confirmMapping(operation, input));
  }

  @Mutation(() => AgentPayload, { description: 'Answers an entry of the agent reconciliation queue.' })
  resolveAgent(@Arg('input') input: ResolveAgentInput, @Ctx() { operation }: GraphQLContext): Promise<AgentPayload> {
    return payload(async () => ({ agent: toAgentType(await resolveAgent(operation, input)) }));
  }
}

/** Also where an edit is refused as stale the answer holds the version, with its new hash. */
async function answered(work: () => Promise<MappingAnswer>): Promise<MappingPayload> {
  const { userErrors, mapping, stale } = await payload(work);
  if (!mapping) return { userErrors };
  return { mapping: toMappingVersionType(mapping), userErrors: stale ? [toUserErrorType(stale)] : [] };
}

/** @throws UserError MALFORMED_CURSOR */
function positionOf(cursor: string): number {
  const match = /^position:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match) return Number(match[1]);
  throw new UserError('MALFORMED_CURSOR', 'Pass a cursor that this API has issued.', { path: ['after'] });
}

@Resolver(() => ProjectType)
export class ProjectMappingResolver {
  @FieldResolver(() => MappingVersionType, { nullable: true, description: 'The newest version, or the one named.' })
  async mapping(
    @Root() { project }: ProjectType,
    @Arg('version', () => Int, { nullable: true }) version: number | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<MappingVersionType | null> {
    const mapping = await reads.load(findMappings, project.id, version ?? null);
    return mapping && toMappingVersionType(mapping);
  }

  @FieldResolver(() => AgentConnection)
  async agents(
    @Root() { project }: ProjectType,
    @Arg('status', () => AgentStatusEnum, { nullable: true }) status: AgentStatus | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<AgentConnection> {
    const page = { status: status ?? null, first: first ?? 20, after: after ?? null };
    return toConnection(await reads.load(listAgents, project.id, page), toAgentType);
  }

  @FieldResolver(() => [ProvisionedObjectType], { description: 'Attributes and tags that PROVISIONING has found or created.' })
  provisionedObjects(
    @Root() { project }: ProjectType,
    @Arg('environment', () => EnvironmentEnum, { defaultValue: 'PRODUCTION' }) environment: Environment,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<ProvisionedObjectType[]> {
    return reads.load(listProvisioned, project.id, environment);
  }
}

@Resolver(() => RunType)
export class RunMappingResolver {
  @FieldResolver(() => MappingVersionType, {
    nullable: true,
    description: 'The mapping that the run is pinned to; null for kinds that write nothing.',
  })
  async mappingVersion(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<MappingVersionType | null> {
    const mapping = run.mappingVersionId === null ? null : await reads.load(findMappingsById, run.mappingVersionId);
    return mapping && toMappingVersionType(mapping);
  }
}
