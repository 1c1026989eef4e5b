import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';
import type { Principal } from '../../domain/model/principal.js';
import { actualCost, requestedCost } from './cost.js';
import { CostBuckets } from './cost-buckets.js';

/** Cost of one operation: `extensions.cost` of its answer. */
export interface Cost {
  /** The most that it can cost. */
  requested: number;
  /** The actual cost. */
  actual: number;
  /** Cost that the key has left. */
  remaining: number;
}

export interface Operation {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** Who pays: each key has a budget, and all keys of an organization have one together. */
export type Payer = Pick<Principal, 'apiKeyId' | 'organizationId'>;

/** Charges operations to API keys and their organizations. */
export class CostMeter {
  private readonly ofKeys: CostBuckets;
  private readonly ofOrganizations: CostBuckets;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: GraphQLLimits,
  ) {
    const { costPerSecond, costBurst, budgetsPerOrganization: factor } = limits;
    this.ofKeys = new CostBuckets(limits);
    this.ofOrganizations = new CostBuckets({ costPerSecond: costPerSecond * factor, costBurst: costBurst * factor });
  }

  /** Charges the reading of a document. It is not returned. @throws LandfallError RATE_LIMITED */
  chargeReading(payer: Payer, cost: number): void {
    this.spend(payer, cost);
  }

  /**
   * Charges the most that an operation can cost.
   * @returns the cost; 1 if the variables are invalid, which the execution reports
   * @throws GraphQLError QUERY_TOO_COMPLEX, LandfallError RATE_LIMITED
   */
  charge(payer: Payer, { document, operationName, variables }: Operation): number {
    const requested = this.requested(document, operationName ?? undefined, variables ?? undefined);
    if (requested > this.limits.cost) {
      const message = `Ask for less in one request: this one can cost ${requested}, and the limit is ${this.limits.cost}.`;
      throw new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });
    }
    this.spend(payer, requested);
    return requested;
  }

  /** Returns the part of the cost that the answer did not need. */
  settle(payer: Payer, requested: number, { document, operationName }: Operation, data: unknown): Cost {
    const operation = getOperationAST(document, operationName);
    const actual = operation ? Math.min(requested, actualCost(this.schema, document, operation, data)) : 1;
    return { requested, actual, remaining: this.giveBack(payer, requested - actual) };
  }

  private spend({ apiKeyId, organizationId }: Payer, cost: number): void {
    this.ofKeys.spend(apiKeyId, cost);
    try {
      this.ofOrganizations.spend(organizationId, cost);
    } catch (error) {
      this.ofKeys.settle(apiKeyId, cost);
      throw error;
    }
  }

  private giveBack({ apiKeyId, organizationId }: Payer, unused: number): number {
    return Math.min(this.ofKeys.settle(apiKeyId, unused), this.ofOrganizations.settle(organizationId, unused));
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
