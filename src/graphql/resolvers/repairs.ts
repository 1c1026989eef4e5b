import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { repairRecords } from '../../operations/repair-records.js';
import type { GraphQLContext } from '../context.js';
import { payload } from '../types/payloads.js';
import { RepairPayload, RepairRecordsInput } from '../types/repair.js';

@Resolver()
export class RepairResolver {
  @Mutation(() => RepairPayload, {
    description:
      'Marks records to be written again by the next PRODUCTION or DELTA run, even if nothing has changed at the source: one record, or all that were found different.',
  })
  repairRecords(@Arg('input') input: RepairRecordsInput, @Ctx() { operation }: GraphQLContext): Promise<RepairPayload> {
    return payload(async () => ({ count: await repairRecords(operation, input) }));
  }
}
