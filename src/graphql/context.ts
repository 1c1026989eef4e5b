import type { Principal } from '../domain/model/principal.js';
import type { OperationContext, Services } from '../operations/context.js';
import { BatchedReads } from './batched-reads.js';

/** The context of resolvers, for one operation of one caller. */
export interface GraphQLContext {
  operation: OperationContext;
  reads: BatchedReads;
}

export function createContext(services: Services, principal: Principal): GraphQLContext {
  services.usage.add(principal.organizationId, { requests: 1 });
  const operation = { ...services, principal };
  return { operation, reads: new BatchedReads(operation) };
}
