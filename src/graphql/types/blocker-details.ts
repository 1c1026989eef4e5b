import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import type { BlockerDetails } from '../../domain/model/blocker-details.js';

@ObjectType('WantedAttribute', { description: 'An attribute that people add to a custom object type.' })
export class WantedAttributeType {
  @Field({ description: 'Its name.' })
  name: string;

  @Field({ description: 'Its format in Intercom: text, decimal, date, boolean or list.' })
  type: string;

  @Field(() => [String], { description: 'The options of a list, each once; empty for other formats.' })
  options: string[];

  @Field({ description: 'Whether the last check found it, or an option of it, missing.' })
  isMissing: boolean;
}

@ObjectType('ObjectTypeDetails', { description: 'A custom object type that people create.' })
export class ObjectTypeDetails {
  @Field({ description: 'Name of the type.' })
  name: string;

  @Field({ description: 'The name by which People refers to it (many).' })
  reference: string;

  @Field(() => [WantedAttributeType], { description: 'Every attribute that it needs.' })
  attributes: WantedAttributeType[];
}

@ObjectType('RefusedAttribute', { description: 'An attribute that could not be created.' })
export class RefusedAttributeType {
  @Field({ description: 'One of company, contact, conversation.' })
  model: string;

  @Field({ description: 'Its name.' })
  name: string;

  @Field({ description: 'The type that it needs.' })
  type: string;

  @Field({ description: 'Why it could not be created.' })
  problem: string;
}

@ObjectType('AttributeDetails', { description: 'Attributes of the mapping that a workspace lacks.' })
export class AttributeDetails {
  @Field(() => [RefusedAttributeType], { description: 'The first 100.' })
  attributes: RefusedAttributeType[];

  @Field(() => Int, { description: 'Number of all.' })
  total: number;
}

@ObjectType('MissingTeammate', { description: 'Somebody who needs a teammate in the workspace.' })
export class MissingTeammateType {
  @Field(() => String, { nullable: true, description: 'Name of the agent in Infoset; null for the placeholder.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Address to invite; null if Infoset has none.' })
  email: string | null;
}

@ObjectType('TeammateDetails', { description: 'Teammates that a workspace lacks.' })
export class TeammateDetails {
  @Field(() => [MissingTeammateType], { description: 'The first 100.' })
  teammates: MissingTeammateType[];

  @Field(() => Int, { description: 'Number of all.' })
  total: number;
}

@ObjectType('NameDetails', { description: 'Names of what is missing. The code says of what.' })
export class NameDetails {
  @Field(() => [String], { description: 'The first 100: teams, addresses, languages or permissions.' })
  names: string[];

  @Field(() => Int, { description: 'Number of all.' })
  total: number;
}

const types: Record<BlockerDetails['kind'], string> = {
  OBJECT_TYPE: 'ObjectTypeDetails',
  ATTRIBUTES: 'AttributeDetails',
  TEAMMATES: 'TeammateDetails',
  NAMES: 'NameDetails',
};

export const BlockerDetailsUnion = createUnionType({
  name: 'BlockerDetails',
  description: 'What people must do, for programs. `docs/api.md` says which type each code has.',
  types: () => [ObjectTypeDetails, AttributeDetails, TeammateDetails, NameDetails] as const,
  resolveType: value => types[(value as unknown as BlockerDetails).kind],
});
