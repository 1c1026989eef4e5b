import type { Principal } from '../domain/model/principal.js';
import type { OperationContext, Services } from '../operations/context.js';
import { BatchedReads } from './batched-reads.js';

/** The context of resolvers, for one operation of one caller. */
export interface GraphQLContext {
  operation: OperationContext;
  reads: BatchedReads;
}

/** @param mutation name of the mutation that is executed */
export function createContext(services: Services, principal: Principal, mutation?: string): GraphQLContext {
  services.usage.add(principal.organizationId, { requests: 1 });
  const operation = { ...services, principal, ...(mutation ? { mutation } : {}) };
  return { operation, reads: new BatchedReads(operation) };
}
