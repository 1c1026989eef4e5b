import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';
import { actualCost, requestedCost } from './cost.js';
import { CostBuckets } from './cost-buckets.js';

/** What one operation was charged; `extensions.cost` of its answer. */
export interface Cost {
  /** What it may cost at most. */
  requested: number;
  /** What it did cost. */
  actual: number;
  /** What the key has left. */
  remaining: number;
}

export interface Operation {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** Charges operations to API keys. */
export class CostMeter {
  private readonly buckets: CostBuckets;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: GraphQLLimits,
  ) {
    this.buckets = new CostBuckets(limits);
  }

  /**
   * Charges what an operation may cost.
   * @returns the cost; variables that do not fit are left to the execution, which reports them
   * @throws GraphQLError QUERY_TOO_COMPLEX, LandfallError RATE_LIMITED
   */
  charge(apiKeyId: string, { document, operationName, variables }: Operation): number {
    const requested = this.requested(document, operationName ?? undefined, variables ?? undefined);
    if (requested > this.limits.cost) {
      const message = `Ask for less at once: this may cost ${requested}, and one request at most ${this.limits.cost}.`;
      throw new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });
    }
    this.buckets.spend(apiKeyId, requested);
    return requested;
  }

  /** Gives back what the answer shows to be unused. */
  settle(apiKeyId: string, requested: number, { document, operationName }: Operation, data: unknown): Cost {
    const operation = getOperationAST(document, operationName);
    const actual = operation ? Math.min(requested, actualCost(this.schema, document, operation, data)) : 1;
    return { requested, actual, remaining: this.buckets.settle(apiKeyId, requested - actual) };
  }

  private requested(
    document: DocumentNode,
    operationName: string | undefined,
    variables: Record<string, unknown> | undefined,
  ): number {
    try {
      return requestedCost(this.schema, document, operationName, variables);
    } catch (error) {
      if (error instanceof GraphQLError) return 1;
      throw error;
    }
  }
}
