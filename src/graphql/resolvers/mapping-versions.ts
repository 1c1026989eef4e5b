import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { parseId } from '../../domain/model/ids.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { confirmMapping } from '../../operations/confirm-mapping.js';
import { fieldCursor, versionCursor } from '../../operations/cursor.js';
import { findAllowedTargets } from '../../operations/find-allowed-targets.js';
import { findMappings, findMappingsById, listFields, listMappings } from '../../operations/find-mappings.js';
import { proposeMapping } from '../../operations/propose-mapping.js';
import { type MappingAnswer, updateFieldMapping } from '../../operations/update-field-mapping.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toConnection } from '../types/connection.js';
import { RecordTypeEnum } from '../types/enums.js';
import { ConfirmMappingInput, ProposeMappingInput, UpdateFieldMappingInput } from '../types/mapping-inputs.js';
import {
  AllowedTargetsType,
  FieldMappingConnection,
  FieldMappingType,
  MappingVersionConnection,
  MappingVersionType,
  toFieldMappingType,
  toMappingVersionType,
} from '../types/mapping-version.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { MappingPayload, payload, toUserErrorType } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';
import { RunType } from '../types/run.js';

const fieldsPerPage = 50;

@Resolver(() => MappingVersionType)
export class MappingVersionResolver {
  @FieldResolver(() => FieldMappingConnection)
  async fields(
    @Root() { uuid }: MappingVersionType,
    @Arg('recordType', () => RecordTypeEnum, { nullable: true }) recordType: RecordType | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<FieldMappingType>> {
    const fields = await reads.load(listFields, uuid, { ...pageOf(page, fieldsPerPage), recordType: recordType ?? null });
    return toConnection(
      fields,
      ({ position }) => fieldCursor.write(position),
      ({ field }) => toFieldMappingType(field),
    );
  }

  @Mutation(() => MappingPayload, { description: 'Proposes a new mapping version from the extracted records.' })
  proposeMapping(@Arg('input') input: ProposeMappingInput, @Ctx() { operation }: GraphQLContext): Promise<MappingPayload> {
    return payload(async () => ({ mapping: toMappingVersionType(await proposeMapping(operation, input)) }));
  }

  @Mutation(() => MappingPayload, { description: 'Changes one field of a draft.' })
  updateFieldMapping(
    @Arg('input') input: UpdateFieldMappingInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<MappingPayload> {
    return toMappingPayload(() => updateFieldMapping(operation, input));
  }

  @Mutation(() => MappingPayload, {
    description: 'Confirms a draft and freezes it. Nothing is written to a destination without a confirmed version.',
  })
  confirmMapping(@Arg('input') input: ConfirmMappingInput, @Ctx() { operation }: GraphQLContext): Promise<MappingPayload> {
    return toMappingPayload(() => confirmMapping(operation, input));
  }
}

/** A stale edit is refused with the current version, so that the client learns its new hash. */
async function toMappingPayload(work: () => Promise<MappingAnswer>): Promise<MappingPayload> {
  const { userErrors, mapping, stale } = await payload(work);
  if (!mapping) return { userErrors };
  return { mapping: toMappingVersionType(mapping), userErrors: stale ? [toUserErrorType(stale)] : [] };
}

@Resolver(() => FieldMappingType)
export class FieldMappingResolver {
  @FieldResolver(() => AllowedTargetsType, { description: 'What a person may choose as its target now.' })
  allowedTargets(@Root() { id }: FieldMappingType, @Ctx() { reads }: GraphQLContext): Promise<AllowedTargetsType> {
    return reads.load(findAllowedTargets, parseId(id).uuid);
  }
}

@Resolver(() => ProjectType)
export class ProjectMappingResolver {
  @FieldResolver(() => MappingVersionType, {
    nullable: true,
    description: 'The newest mapping version, or the version with this number.',
  })
  async mapping(
    @Root() { project }: ProjectType,
    @Arg('version', () => Int, { nullable: true }) version: number | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<MappingVersionType | null> {
    const mapping = await reads.load(findMappings, project.id, version ?? null);
    return mapping && toMappingVersionType(mapping);
  }

  @FieldResolver(() => MappingVersionConnection)
  async mappings(
    @Root() { project }: ProjectType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<MappingVersionType>> {
    const versions = await reads.load(listMappings, project.id, pageOf(page));
    return toConnection(versions, ({ version }) => versionCursor.write(version), toMappingVersionType);
  }
}

@Resolver(() => RunType)
export class RunMappingResolver {
  @FieldResolver(() => MappingVersionType, {
    nullable: true,
    description: 'The mapping version that the run uses; null for kinds that write nothing.',
  })
  async mappingVersion(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<MappingVersionType | null> {
    const mapping = run.mappingVersionId === null ? null : await reads.load(findMappingsById, run.mappingVersionId);
    return mapping && toMappingVersionType(mapping);
  }
}
