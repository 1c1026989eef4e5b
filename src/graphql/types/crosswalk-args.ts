import { ArgsType, Field } from 'type-graphql';
import type { CrosswalkOrigin, CrosswalkState, DestinationType } from '../../domain/model/crosswalk.js';
import type { CreationOrder } from '../../domain/model/page.js';
import type { RecordType } from '../../domain/model/record-type.js';
import type { Environment } from '../../domain/model/run.js';
import {
  CreationOrderEnum,
  CrosswalkOriginEnum,
  CrosswalkStateEnum,
  DestinationTypeEnum,
  EnvironmentEnum,
  RecordTypeEnum,
} from './enums.js';
import { PageArgs } from './page-args.js';

@ArgsType()
export class CrosswalkArgs extends PageArgs {
  @Field(() => EnvironmentEnum, { defaultValue: 'PRODUCTION', description: 'The workspace; if absent, PRODUCTION.' })
  environment: Environment;

  @Field(() => RecordTypeEnum, { nullable: true, description: 'Only entries of this kind of record.' })
  sourceType?: RecordType | null;

  @Field(() => DestinationTypeEnum, { nullable: true, description: 'Only entries of this kind of object.' })
  destinationType?: DestinationType | null;

  @Field(() => CrosswalkOriginEnum, { nullable: true, description: 'Only objects that were created, or only those adopted.' })
  origin?: CrosswalkOrigin | null;

  @Field(() => CrosswalkStateEnum, { nullable: true, description: 'Only entries in this state; if absent, all.' })
  state?: CrosswalkState | null;

  @Field(() => CreationOrderEnum, { nullable: true, description: 'By the time of the load; if absent, NEWEST.' })
  order?: CreationOrder | null;
}
