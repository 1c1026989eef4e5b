import { Field, Int, ObjectType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { Language, Project, ProjectStage } from '../../domain/model/project.js';
import { connectionType } from './connection.js';
import { LanguageEnum, ProjectStageEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Project', { implements: Node, description: 'The migration of one account.' })
export class ProjectType extends Node {
  @Field()
  name: string;

  @Field(() => String, { nullable: true, description: 'Reference of the caller, unique in the organization.' })
  externalRef: string | null;

  @Field(() => ProjectStageEnum)
  stage: ProjectStage;

  @Field({ description: 'Whether samples of values may be sent to the model that suggests targets.' })
  allowSamplesToLlm: boolean;

  @Field(() => LanguageEnum)
  language: Language;

  @Field(() => String, {
    nullable: true,
    description:
      'Time zone of dates of the source without an offset, unless the SOURCE connection names one; null for that of the account.',
  })
  timeZone: string | null;

  @Field(() => Int, { description: 'Days from the handover to the end of hypercare.' })
  hypercareDays: number;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was archived; null if it was not. An archived project can only be read.',
  })
  archivedAt: Date | null;

  @Field()
  createdAt: Date;

  /** Resolvers of the other fields read it. */
  project: Project;
}

export const ProjectConnection = connectionType(
  'Project',
  () => ProjectType,
  'Newest first. Pages stay stable while projects are created.',
);

export function toProjectType(project: Project): ProjectType {
  const { id, name, externalRef, stage, language, allowSamplesToLlm, timeZone, hypercareDays, archivedAt, createdAt } = project;
  const fields = { name, externalRef, stage, language, allowSamplesToLlm, timeZone, hypercareDays, archivedAt, createdAt };
  return Object.assign(new ProjectType(), { ...fields, id: publicId('Project', id), project });
}
