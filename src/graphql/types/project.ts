import { Field, ObjectType } from 'type-graphql';
import type { Blocker } from '../../domain/blocker.js';
import { publicId } from '../../domain/ids.js';
import { blockersOf, type Project, type ProjectStage } from '../../domain/project.js';
import { ProjectStageEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Blocker', {
  description: 'What must happen before work can go on: code is stable and documented, for example MAPPING_NOT_CONFIRMED.',
})
export class BlockerType {
  @Field()
  code: string;

  @Field()
  message: string;
}

@ObjectType('Project', { implements: Node, description: 'One migration of one account.' })
export class ProjectType extends Node {
  @Field()
  name: string;

  @Field(() => String, { nullable: true, description: "The caller's own reference, unique within the organization." })
  externalRef: string | null;

  @Field(() => ProjectStageEnum)
  stage: ProjectStage;

  @Field(() => [BlockerType], { description: 'What must happen before the project can go on.' })
  blockedBy: Blocker[];

  @Field(() => [String], { description: 'Names of the mutations that this key may call on the project now.' })
  allowedActions: string[];

  @Field()
  createdAt: Date;

  organizationId: string;
}

export function toProjectType(project: Project): ProjectType {
  const { id, organizationId, name, externalRef, stage, createdAt } = project;
  return Object.assign(new ProjectType(), {
    id: publicId('Project', id),
    organizationId,
    name,
    externalRef,
    stage,
    createdAt,
    blockedBy: blockersOf(project),
    // No mutation acts on a project yet.
    allowedActions: [],
  });
}
