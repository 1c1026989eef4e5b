import { Field, ObjectType } from 'type-graphql';
import type { Environment } from '../../domain/model/run.js';
import { EnvironmentEnum } from './enums.js';

@ObjectType('ProvisionedObject', { description: 'What a workspace was made ready with.' })
export class ProvisionedObjectType {
  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field({ description: 'CONTACT_ATTRIBUTE, COMPANY_ATTRIBUTE, CONVERSATION_ATTRIBUTE or TAG.' })
  kind: string;

  @Field()
  name: string;

  @Field()
  destinationId: string;

  @Field({ description: 'CREATED by us, or FOUND: it existed in the workspace before.' })
  origin: string;

  @Field(() => String, { nullable: true })
  attributeType: string | null;
}
