import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { findPlans } from '../../operations/find-plans.js';
import type { GraphQLContext } from '../context.js';
import { PlannedActionType, RunType } from '../types/run.js';

@Resolver(() => RunType)
export class RunPlanResolver {
  @FieldResolver(() => [PlannedActionType], { nullable: true })
  async plan(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<PlannedActionType[] | null> {
    const plan = run.kind === 'ROLLBACK' ? await reads.load(findPlans, run.id) : null;
    return plan?.summary?.map(row => Object.assign(new PlannedActionType(), row)) ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  async planHash(@Root() { run }: RunType, @Ctx() { reads }: GraphQLContext): Promise<string | null> {
    return run.kind === 'ROLLBACK' ? ((await reads.load(findPlans, run.id))?.planHash ?? null) : null;
  }
}
