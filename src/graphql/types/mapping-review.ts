import { Field, Int, ObjectType } from 'type-graphql';
import type { FieldChange, FieldChangeKind } from '../../domain/mapping/changes.js';
import type { AttributeType, FieldMappingAction } from '../../domain/mapping/field-mapping.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { AttributeTypeEnum, FieldChangeKindEnum, FieldMappingActionEnum, RecordTypeEnum } from './enums.js';

@ObjectType('PreviewLine', { description: 'A filled field of a record, before and after.' })
export class PreviewLineType {
  @Field({ description: 'Path of the field at the source.' })
  sourcePath: string;

  @Field({ description: 'The value at the source, at most 500 characters.' })
  source: string;

  @Field(() => String, { nullable: true, description: 'Where the value goes; null if no field gets it.' })
  target: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The value as it would be written, at most 500 characters: times as ISO 8601, teammates and companies by their address or name. Null if no field gets it.',
  })
  value: string | null;

  @Field(() => [String], { description: 'What happens to the value, for example TOO_LONG, VALUE_REFUSED or NORMALISED.' })
  losses: string[];
}

@ObjectType('PreviewRecord', { description: 'A staged record as a version of the mapping would write it.' })
export class PreviewRecordType {
  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field()
  sourceId: string;

  @Field(() => [PreviewLineType], {
    description: 'Its filled fields. A field that is written to several places has a line for each.',
  })
  lines: PreviewLineType[];

  @Field(() => String, {
    nullable: true,
    description: 'The note for values without another place, at most 500 characters; null if there is none.',
  })
  note: string | null;
}

@ObjectType('FieldChange', { description: 'A field that two versions of the mapping decide differently.' })
export class FieldChangeType {
  @Field(() => FieldChangeKindEnum, { description: 'Whether the field was added, removed or changed.' })
  kind: FieldChangeKind;

  @Field(() => RecordTypeEnum)
  recordType: RecordType;

  @Field({ description: 'Path of the field at the source.' })
  sourcePath: string;

  @Field(() => FieldMappingActionEnum, {
    nullable: true,
    description: 'Its action in the earlier version; null if it was added.',
  })
  actionBefore: FieldMappingAction | null;

  @Field(() => FieldMappingActionEnum, { nullable: true, description: 'Its action in this version; null if it was removed.' })
  actionAfter: FieldMappingAction | null;

  @Field(() => String, { nullable: true, description: 'Its target in the earlier version; null if it had none.' })
  targetBefore: string | null;

  @Field(() => String, { nullable: true, description: 'Its target in this version; null if it has none.' })
  targetAfter: string | null;

  @Field(() => AttributeTypeEnum, { nullable: true, description: 'Type of its attribute in the earlier version.' })
  attributeTypeBefore: AttributeType | null;

  @Field(() => AttributeTypeEnum, { nullable: true, description: 'Type of its attribute in this version.' })
  attributeTypeAfter: AttributeType | null;

  @Field(() => String, { nullable: true, description: 'Why it did not move in the earlier version.' })
  ignoreReasonBefore: string | null;

  @Field(() => String, { nullable: true, description: 'Why it does not move in this version.' })
  ignoreReasonAfter: string | null;

  @Field(() => String, { nullable: true, description: 'Its default in the earlier version; null if it had none.' })
  defaultBefore: string | null;

  @Field(() => String, { nullable: true, description: 'Its default in this version; null if it has none.' })
  defaultAfter: string | null;

  @Field(() => Int, { description: 'Number of values whose replacement was added, removed or changed.' })
  changedValues: number;
}

export const toFieldChangeType = ({ before, after, ...change }: FieldChange): FieldChangeType => ({
  ...change,
  actionBefore: before?.action ?? null,
  actionAfter: after?.action ?? null,
  targetBefore: before?.targetPath ?? null,
  targetAfter: after?.targetPath ?? null,
  attributeTypeBefore: before?.attributeType ?? null,
  attributeTypeAfter: after?.attributeType ?? null,
  ignoreReasonBefore: before?.ignoreReason ?? null,
  ignoreReasonAfter: after?.ignoreReason ?? null,
  defaultBefore: before?.defaultValue ?? null,
  defaultAfter: after?.defaultValue ?? null,
});
