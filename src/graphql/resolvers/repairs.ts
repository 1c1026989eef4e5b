import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { repairRecords } from '../../operations/repair-records.js';
import { retryIssues } from '../../operations/retry-issues.js';
import type { GraphQLContext } from '../context.js';
import { payload, RunPayload } from '../types/payloads.js';
import { RepairPayload, RepairRecordsInput, RetryIssuesInput } from '../types/repair.js';
import { toRunType } from '../types/run.js';

@Resolver()
export class RepairResolver {
  @Mutation(() => RepairPayload, {
    description:
      'Marks records to be written again by the next PRODUCTION or DELTA run, even if nothing has changed at the source: one record, or all that were found different.',
  })
  repairRecords(@Arg('input') input: RepairRecordsInput, @Ctx() { operation }: GraphQLContext): Promise<RepairPayload> {
    return payload(async () => ({ count: await repairRecords(operation, input) }));
  }

  @Mutation(() => RunPayload, {
    description:
      'Queues a PRODUCTION or SANDBOX run that loads only the records of these issues: LOAD_FAILED, PARENT_NOT_LOADED, CONTACT_LOCKED, ADDRESS_TAKEN, VERIFICATION_DIFFERS. It ends as the whole reconciliation says; what it has loaded is RESOLVED.',
  })
  retryIssues(@Arg('input') input: RetryIssuesInput, @Ctx() { operation }: GraphQLContext): Promise<RunPayload> {
    return payload(async () => ({ run: toRunType(await retryIssues(operation, input)) }));
  }
}
