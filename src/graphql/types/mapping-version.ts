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
import { connectionType } from './connection.js';
import { AttributeTypeEnum, FieldMappingActionEnum, MappingStatusEnum, RecordTypeEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('MappingVersion', { implements: Node, description: 'A version of the mapping of fields.' })
export class MappingVersionType extends Node {
  @Field(() => Int)
  version: number;

  @Field(() => MappingStatusEnum)
  status: MappingStatus;

  @Field({ description: 'Digest of all its fields. It changes with every edit.' })
  hash: string;

  @Field(() => String, { nullable: true })
  confirmedBy: string | null;

  @Field(() => Date, { nullable: true })
  confirmedAt: Date | null;

  /** Id of the row. */
  uuid: string;
}

@ObjectType('FieldProfile', { description: 'Statistics of the values of a field, over all records.' })
export class FieldProfileType {
  @Field({ description: 'One of empty, text, integer, decimal, boolean, date, datetime, list, mixed.' })
  dataType: string;

  @Field(() => Float, { description: 'Share of the records in which the field has a value: 0 to 1.' })
  fillRate: number;

  @Field(() => Int)
  distinctCount: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Length of the longest value in characters; null if the field is always empty.',
  })
  maxLength: number | null;

  @Field(() => [String])
  samples: string[];
}

@ObjectType('MappingLoss', { description: 'Data that will not arrive unchanged.' })
export class MappingLossType {
  @Field()
  code: string;

  @Field(() => Int)
  affectedRecords: number;

  @Field()
  message: string;
}

@ObjectType('ValueMapping', { description: 'Replacement of one value.' })
export class ValueMappingType {
  @Field()
  from: string;

  @Field(() => String, { nullable: true })
  to: string | null;

  @Field(() => Int)
  occurrences: number;
}

@ObjectType('MappingSuggestion', {
  description: 'A target that a person may choose by `updateFieldMapping`. Nothing is mapped to it before.',
})
export class MappingSuggestionType {
  @Field({ description: 'Path of the target.' })
  target: string;

  @Field(() => Float, { description: 'Confidence: 0 to 1. An answer of a model is at most 0.7.' })
  confidence: number;

  @Field({ description: 'Why it is suggested. It can be text of a model.' })
  reason: string;
}

@ObjectType('AllowedTargets', {
  description:
    'Values of `targetPath` that `updateFieldMapping` accepts for a field, as long as the other fields stay as they are.',
})
export class AllowedTargetsType {
  @Field(() => [String], { description: 'Paths of standard fields of Intercom that no other field uses; for MAP.' })
  paths: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Path of an attribute with a free name, made from the label; null if fields of this type have no attributes.',
  })
  attribute: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the path of any attribute of this type begins with; a name follows that no other field uses. Null if there are no attributes.',
  })
  attributePrefix: string | null;
}

@ObjectType('FieldMapping', { implements: Node, description: 'Mapping of one field of a record type.' })
export class FieldMappingType extends Node {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field({ description: 'Path in the source record; custom fields as customFields["Label"].' })
  sourcePath: string;

  @Field(() => FieldMappingActionEnum)
  action: FieldMappingAction;

  @Field(() => String, {
    nullable: true,
    description:
      'Path of the target, for example contact.name or contact.custom_attributes.musteri_tipi; null if the field does not move.',
  })
  targetPath: string | null;

  @Field(() => AttributeTypeEnum, { nullable: true, description: 'Type of the attribute that the field becomes.' })
  attributeType: AttributeType | null;

  @Field(() => String, { nullable: true })
  ignoreReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Value that is written for records without one; null if none is written. It never prevents a confirmation.',
  })
  defaultValue: string | null;

  @Field(() => Float, { description: 'Confidence of the proposal: 0 to 1.' })
  confidence: number;

  @Field()
  rationale: string;

  @Field(() => MappingSuggestionType, {
    nullable: true,
    description: 'Another target that could be meant; null if there is none.',
  })
  suggestion: MappingSuggestionType | null;

  @Field(() => FieldProfileType)
  profile: FieldProfileType;

  @Field(() => [MappingLossType])
  losses: MappingLossType[];

  @Field(() => [ValueMappingType])
  values: ValueMappingType[];
}

export const FieldMappingConnection = connectionType('FieldMapping', () => FieldMappingType, 'Sorted by record type and path.');

export const MappingVersionConnection = connectionType(
  'MappingVersion',
  () => MappingVersionType,
  'From the first version to the newest.',
);

export function toMappingVersionType({ id, projectId: _, ...version }: MappingVersion): MappingVersionType {
  return Object.assign(new MappingVersionType(), { ...version, id: publicId('MappingVersion', id), uuid: id });
}

export function toFieldMappingType({
  id,
  proposedTarget: _,
  suggestedTarget: target,
  suggestionConfidence: confidence,
  suggestionReason: reason,
  ...field
}: FieldMapping): FieldMappingType {
  const suggestion = target === null ? null : { target, confidence: confidence ?? 0, reason: reason ?? '' };
  return Object.assign(new FieldMappingType(), { ...field, suggestion, id: publicId('FieldMapping', id) });
}
