import { LandfallError } from '../domain/model/errors.js';

export interface ShareLimits {
  /** Connections in use at once: a few less than the pool has, for keys and readiness. */
  total: number;
  perTenant: number;
  perRequest: number;
  /** How long a request may wait for its turn. */
  waitMs: number;
}

export const defaultShares: ShareLimits = { total: 10, perTenant: 6, perRequest: 3, waitMs: 10_000 };

/** Of one tenant; more are refused at once. */
const maxWaiting = 5_000;

interface Request {
  held: number;
  /** In the order in which they came. */
  waiting: Set<() => void>;
}

interface Tenant {
  held: number;
  waiting: number;
  requests: Map<object, Request>;
}

/**
 * Turns at the API's database connections: no tenant and no request holds more than its share, and anyone who waits is served
 * in turn by tenant, and by request within a tenant. So one that floods waits for itself.
 */
export class ConnectionShares {
  private inUse = 0;
  /** Who was served last stands last. */
  private readonly tenants = new Map<string, Tenant>();

  constructor(private readonly limits: ShareLimits) {}

  /**
   * @param request what its parts have in common; null: it has no other parts
   * @throws LandfallError DATABASE_UNAVAILABLE where its turn did not come in time
   */
  async hold<T>(tenantId: string, request: object | null, work: () => Promise<T>): Promise<T> {
    const key = request ?? {};
    await this.enter(tenantId, key);
    try {
      return await work();
    } finally {
      this.leave(tenantId, key);
    }
  }

  private enter(tenantId: string, key: object): Promise<void> {
    const tenant = this.tenants.get(tenantId) ?? { held: 0, waiting: 0, requests: new Map<object, Request>() };
    this.tenants.set(tenantId, tenant);
    const request = tenant.requests.get(key) ?? { held: 0, waiting: new Set() };
    tenant.requests.set(key, request);
    if (this.hasRoom(tenant, request)) {
      this.count(tenant, request, 1);
      return Promise.resolve();
    }
    if (tenant.waiting >= maxWaiting) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        request.waiting.delete(go);
        tenant.waiting--;
        this.forget(tenantId, tenant, key, request);
        reject(tooMany());
      }, this.limits.waitMs);
      const go = () => {
        clearTimeout(timer);
        request.waiting.delete(go);
        tenant.waiting--;
        this.count(tenant, request, 1);
        resolve();
      };
      request.waiting.add(go);
      tenant.waiting++;
    });
  }

  private leave(tenantId: string, key: object): void {
    const tenant = this.tenants.get(tenantId)!;
    const request = tenant.requests.get(key)!;
    this.count(tenant, request, -1);
    this.forget(tenantId, tenant, key, request);
    while (this.serveNext());
  }

  /** @returns false where nobody who waits may go */
  private serveNext(): boolean {
    if (this.inUse >= this.limits.total) return false;
    for (const [tenantId, tenant] of this.tenants) {
      if (tenant.waiting === 0 || tenant.held >= this.limits.perTenant) continue;
      for (const [key, request] of tenant.requests) {
        const [go] = request.waiting;
        if (!go || request.held >= this.limits.perRequest) continue;
        toTheEnd(this.tenants, tenantId, tenant);
        toTheEnd(tenant.requests, key, request);
        go();
        return true;
      }
    }
    return false;
  }

  private hasRoom(tenant: Tenant, request: Request): boolean {
    const { total, perTenant, perRequest } = this.limits;
    return this.inUse < total && tenant.held < perTenant && request.held < perRequest;
  }

  private count(tenant: Tenant, request: Request, by: 1 | -1): void {
    this.inUse += by;
    tenant.held += by;
    request.held += by;
  }

  private forget(tenantId: string, tenant: Tenant, key: object, request: Request): void {
    if (request.held === 0 && request.waiting.size === 0) tenant.requests.delete(key);
    if (tenant.requests.size === 0) this.tenants.delete(tenantId);
  }
}

function toTheEnd<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
}

const tooMany = () =>
  new LandfallError(
    'DATABASE_UNAVAILABLE',
    'Retry shortly, and ask for less at once: too much of yours waits for the database.',
    {
      retryable: true,
    },
  );
