import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ProjectEvent } from '../../domain/model/project-event.js';
import { connectionType } from './connection.js';

@ObjectType('ProjectEvent', { description: 'An event of a project.' })
export class ProjectEventType {
  @Field(() => Int, { description: 'Number of the event, from 1 without gaps. Pass the last one as `afterSeq` to continue.' })
  seq: number;

  @Field({ description: 'When it happened; the same time in a replay.' })
  at: Date;

  @Field()
  type: string;

  @Field(() => ID, { nullable: true })
  runId: string | null;

  @Field()
  message: string;

  @Field(() => GraphQLJSONObject)
  data: Record<string, unknown>;
}

export function toProjectEventType({ seq, at, type, runId, message, data }: ProjectEvent): ProjectEventType {
  return Object.assign(new ProjectEventType(), { seq, at, type, runId: runId && publicId('Run', runId), message, data });
}

export const ProjectEventConnection = connectionType('ProjectEvent', () => ProjectEventType, 'Oldest first.');
