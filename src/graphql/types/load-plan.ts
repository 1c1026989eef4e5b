import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { LoadOrder } from '../../domain/model/load-plan.js';
import type { WeekDay } from '../../domain/model/load-windows.js';
import { LoadOrderEnum, WeekDayEnum } from './enums.js';

const descriptions = {
  days: 'The days on which it begins.',
  from: 'When it begins: HH:MM by the clock of the time zone.',
  to: 'When it ends: HH:MM, at most 24:00. If it is not later than `from`, on the next day.',
  timeZone: 'IANA time zone, for example Europe/Istanbul.',
  windows:
    'Times of the week in which the run works. Outside of them it waits in the queue. Without windows it works at any time.',
  maxCallsPerHour:
    'Calls to Intercom in a clock hour, 100 to 1,000,000. Calls in flight can exceed it a little. No limit if absent.',
  order: 'In which order tickets are loaded.',
  createdFrom: 'Only tickets and calls that were created at this time or later.',
  createdTo: 'Only tickets and calls that were created before this time.',
};

@InputType({ description: 'A time of the week, at least an hour long.' })
export class LoadWindowInput {
  @Field(() => [WeekDayEnum], { description: descriptions.days })
  days: WeekDay[];

  @Field({ description: descriptions.from })
  from: string;

  @Field({ description: descriptions.to })
  to: string;

  @Field({ description: descriptions.timeZone })
  timeZone: string;
}

@ObjectType('LoadWindow', { description: 'A time of the week.' })
export class LoadWindowType {
  @Field(() => [WeekDayEnum], { description: descriptions.days })
  days: WeekDay[];

  @Field({ description: descriptions.from })
  from: string;

  @Field({ description: descriptions.to })
  to: string;

  @Field({ description: descriptions.timeZone })
  timeZone: string;
}

@ObjectType('LoadPlan', { description: 'How a PRODUCTION run spreads its work, or what `retryIssues` limits a run to.' })
export class LoadPlanType {
  @Field(() => [LoadWindowType], { description: descriptions.windows })
  windows: LoadWindowType[];

  @Field(() => Int, { nullable: true, description: descriptions.maxCallsPerHour })
  maxCallsPerHour: number | null;

  @Field(() => LoadOrderEnum, { description: descriptions.order })
  order: LoadOrder;

  @Field(() => Date, { nullable: true, description: descriptions.createdFrom })
  createdFrom: Date | null;

  @Field(() => Date, { nullable: true, description: descriptions.createdTo })
  createdTo: Date | null;

  @Field(() => [ID], { nullable: true, description: 'Of `retryIssues`: the issues whose records alone are loaded.' })
  retriedIssueIds: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of `retryIssues`: the code of the issues whose records alone are loaded.',
  })
  retriedCode: string | null;
}
