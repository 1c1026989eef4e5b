import { ArgsType, Field } from 'type-graphql';
import type { CreationOrder } from '../../domain/model/page.js';
import type { ProjectStage } from '../../domain/model/project.js';
import { CreationOrderEnum, ProjectStageEnum } from './enums.js';
import { PageArgs } from './page-args.js';

@ArgsType()
export class ProjectArgs extends PageArgs {
  @Field(() => ProjectStageEnum, { nullable: true })
  stage?: ProjectStage | null;

  @Field(() => Boolean, { nullable: true })
  blocked?: boolean | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only archived projects; false or absent: only those that are not.',
  })
  archived?: boolean | null;

  @Field(() => CreationOrderEnum, { nullable: true })
  order?: CreationOrder | null;
}
