import { Field, ObjectType } from 'type-graphql';
import type { Agent, AgentStatus, Teammate } from '../../domain/model/agent.js';
import { publicId } from '../../domain/model/ids.js';
import type { Environment } from '../../domain/model/run.js';
import { connectionType } from './connection.js';
import { AgentStatusEnum, EnvironmentEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('AgentTeammate')
export class AgentTeammateType {
  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field()
  teammateId: string;

  @Field()
  name: string;
}

@ObjectType('Agent', {
  implements: Node,
  description:
    'A user of the source. Agents are matched once in a project, by e-mail address; each workspace has its own id for the same teammate.',
})
export class AgentType extends Node {
  @Field()
  sourceId: string;

  @Field()
  name: string;

  @Field(() => String, { nullable: true })
  email: string | null;

  @Field(() => AgentStatusEnum)
  status: AgentStatus;

  @Field(() => String, { nullable: true })
  teammateEmail: string | null;

  @Field(() => [AgentTeammateType])
  teammates: AgentTeammateType[];
}

@ObjectType('Teammate', {
  description: 'A teammate of a workspace, as it was seen when its connection was set, or by the last PROVISIONING run.',
})
export class TeammateType implements Teammate {
  @Field(() => EnvironmentEnum)
  environment: Environment;

  @Field({ description: 'Id of the teammate in Intercom.' })
  teammateId: string;

  @Field({ description: 'Name in Intercom.' })
  name: string;

  @Field({
    description:
      'Address in Intercom, by which `resolveAgent` chooses the teammate; empty if Intercom returns none, and for a share token.',
  })
  email: string;
}

export const TeammateConnection = connectionType('Teammate', () => TeammateType, 'By workspace and name.');

export const AgentConnection = connectionType('Agent', () => AgentType, 'Oldest first.');

export function toAgentType({ id, sourceId, name, email, status, teammateEmail, teammates }: Agent): AgentType {
  return Object.assign(new AgentType(), {
    id: publicId('Agent', id),
    sourceId,
    name,
    email,
    status,
    teammateEmail,
    teammates: teammates.map(({ environment, teammateId, name }) => ({ environment, teammateId, name })),
  });
}
