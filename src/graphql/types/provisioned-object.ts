import { Field, ObjectType } from 'type-graphql';
import type { AttributeType } from '../../domain/mapping/field-mapping.js';
import type { ProvisionedKind, ProvisionedOrigin } from '../../domain/model/provisioned-object.js';
import type { Environment } from '../../domain/model/run.js';
import { AttributeTypeEnum, EnvironmentEnum, ProvisionedKindEnum, ProvisionedOriginEnum } from './enums.js';

@ObjectType('ProvisionedObject', { description: 'An object that a workspace needs before records can be loaded.' })
export class ProvisionedObjectType {
  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field(() => ProvisionedKindEnum)
  kind: ProvisionedKind;

  @Field()
  name: string;

  @Field()
  destinationId: string;

  @Field(() => ProvisionedOriginEnum)
  origin: ProvisionedOrigin;

  @Field(() => AttributeTypeEnum, { nullable: true })
  attributeType: AttributeType | null;

  @Field(() => [String], {
    description:
      'Of an OBJECT_TYPE: attributes that were made as texts though the mapping has another type. They get the text of the source.',
  })
  textAttributes: string[];
}
