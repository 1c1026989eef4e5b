import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { ProjectEvent } from '../../domain/model/project-event.js';

@ObjectType('ProjectEvent', { description: 'Something that happened to a project.' })
export class ProjectEventType {
  @Field(() => Int, { description: 'From 1, without gaps: pass the last one as afterSeq to continue.' })
  seq: number;

  @Field({ description: 'When it happened, also where it is replayed.' })
  at: Date;

  @Field({ description: 'Stable and documented, for example PROJECT_CREATED.' })
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
