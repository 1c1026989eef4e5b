import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  AttributeType,
  FieldMapping,
  FieldMappingAction,
  MappingStatus,
  MappingVersion,
} from '../../domain/mapping/field-mapping.js';
import { publicId } from '../../domain/model/ids.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { FieldPage } from '../../operations/find-mappings.js';
import { FieldMappingActionEnum, MappingStatusEnum, RecordTypeEnum } from './enums.js';
import { Node } from './node.js';
import { PageInfo } from './page-info.js';

@ObjectType('MappingVersion', { implements: Node, description: 'One version of the mapping of fields.' })
export class MappingVersionType extends Node {
  @Field(() => Int)
  version: number;

  @Field(() => MappingStatusEnum)
  status: MappingStatus;

  @Field({ description: 'Digest of everything in it; a run is pinned to it.' })
  hash: string;

  @Field(() => String, { nullable: true })
  confirmedBy: string | null;

  @Field(() => Date, { nullable: true })
  confirmedAt: Date | null;

  /** Of the row. */
  uuid: string;
}

@ObjectType('FieldProfile', { description: 'What the values of a field are like, over all records.' })
export class FieldProfileType {
  @Field({ description: 'empty, text, integer, decimal, boolean, date, datetime, list or mixed.' })
  dataType: string;

  @Field(() => Float, { description: '0 to 1.' })
  fillRate: number;

  @Field(() => Int)
  distinctCount: number;

  @Field(() => Int, { nullable: true, description: 'In characters.' })
  maxLength: number | null;

  @Field(() => [String])
  samples: string[];
}

@ObjectType('MappingLoss', { description: 'What will not arrive as it is.' })
export class MappingLossType {
  @Field()
  code: string;

  @Field(() => Int)
  affectedRecords: number;

  @Field()
  message: string;
}

@ObjectType('ValueMapping', { description: 'to null: the value is left out.' })
export class ValueMappingType {
  @Field()
  from: string;

  @Field(() => String, { nullable: true })
  to: string | null;

  @Field(() => Int)
  occurrences: number;
}

@ObjectType('FieldMapping', { implements: Node, description: 'What becomes of one field of a record type.' })
export class FieldMappingType extends Node {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field({ description: 'Path in the source record; custom fields as customFields["Label"].' })
  sourcePath: string;

  @Field(() => FieldMappingActionEnum)
  action: FieldMappingAction;

  @Field(() => String, {
    nullable: true,
    description: 'For example contact.name, or contact.custom_attributes.musteri_tipi.',
  })
  targetPath: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the attribute that it becomes: string, integer, decimal, boolean, date, datetime or options.',
  })
  attributeType: AttributeType | null;

  @Field(() => String, { nullable: true })
  ignoreReason: string | null;

  @Field(() => Float, { description: '0 to 1.' })
  confidence: number;

  @Field()
  rationale: string;

  @Field(() => FieldProfileType)
  profile: FieldProfileType;

  @Field(() => [MappingLossType])
  losses: MappingLossType[];

  @Field(() => [ValueMappingType])
  values: ValueMappingType[];
}

@ObjectType()
export class FieldMappingEdge {
  @Field()
  cursor: string;

  @Field(() => FieldMappingType)
  node: FieldMappingType;
}

@ObjectType({ description: 'By record type and path.' })
export class FieldMappingConnection {
  @Field(() => [FieldMappingEdge])
  edges: FieldMappingEdge[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

export function toMappingVersionType({ id, projectId: _, ...version }: MappingVersion): MappingVersionType {
  return Object.assign(new MappingVersionType(), { ...version, id: publicId('MappingVersion', id), uuid: id });
}

export function toFieldMappingType({ id, proposedTarget: _, ...field }: FieldMapping): FieldMappingType {
  return Object.assign(new FieldMappingType(), { ...field, id: publicId('FieldMapping', id) });
}

export function toFieldMappingConnection({ items, hasNextPage }: FieldPage, after: string | null): FieldMappingConnection {
  const edges = items.map(({ position, field }) => ({ cursor: toPositionCursor(position), node: toFieldMappingType(field) }));
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const toPositionCursor = (position: number) => Buffer.from(`position:${position}`).toString('base64url');
