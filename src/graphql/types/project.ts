import { Field, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { Project, ProjectStage } from '../../domain/model/project.js';
import { ProjectStageEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Project', { implements: Node, description: 'One migration of one account.' })
export class ProjectType extends Node {
  @Field()
  name: string;

  @Field(() => String, { nullable: true, description: "The caller's own reference, unique within the organization." })
  externalRef: string | null;

  @Field(() => ProjectStageEnum)
  stage: ProjectStage;

  @Field()
  createdAt: Date;

  /** What the other fields are resolved from. */
  project: Project;
}

export function toProjectType(project: Project): ProjectType {
  const { id, name, externalRef, stage, createdAt } = project;
  return Object.assign(new ProjectType(), { id: publicId('Project', id), name, externalRef, stage, createdAt, project });
}
