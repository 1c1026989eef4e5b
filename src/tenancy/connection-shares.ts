import { LandfallError } from '../domain/model/errors.js';

export interface ShareLimits {
  /** Connections in use at the same time: fewer than the pool has, because API keys and readiness need some. */
  total: number;
  perTenant: number;
  perRequest: number;
  /** Milliseconds that a request may wait for its turn. */
  waitMs: number;
}

export const defaultShares: ShareLimits = { total: 10, perTenant: 6, perRequest: 3, waitMs: 10_000 };

/** Waiting requests of one tenant; more are refused. */
const maxWaiting = 5_000;

interface Request {
  held: number;
  /** In the order of their arrival. */
  waiting: Set<() => void>;
}

interface Tenant {
  held: number;
  waiting: number;
  requests: Map<object, Request>;
}

/**
 * Shares the database connections of the API. No tenant and no request holds more than its share. Waiting work is served round
 * robin by tenant, and by request within a tenant. So a tenant that floods the API only delays itself.
 */
export class ConnectionShares {
  private inUse = 0;
  /** In the order of service: the tenant that was served last is the last. */
  private readonly tenants = new Map<string, Tenant>();

  constructor(private readonly limits: ShareLimits) {}

  /**
   * @param request identity of the request, if several parts of it use connections; null if not
   * @throws LandfallError DATABASE_UNAVAILABLE if its turn does not come in time
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
      this.addHeld(tenant, request, 1);
      return Promise.resolve();
    }
    if (tenant.waiting >= maxWaiting) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        request.waiting.delete(start);
        tenant.waiting--;
        this.removeIdle(tenantId, tenant, key, request);
        reject(tooMany());
      }, this.limits.waitMs);
      const start = () => {
        clearTimeout(timer);
        request.waiting.delete(start);
        tenant.waiting--;
        this.addHeld(tenant, request, 1);
        resolve();
      };
      request.waiting.add(start);
      tenant.waiting++;
    });
  }

  private leave(tenantId: string, key: object): void {
    const tenant = this.tenants.get(tenantId)!;
    const request = tenant.requests.get(key)!;
    this.addHeld(tenant, request, -1);
    this.removeIdle(tenantId, tenant, key, request);
    while (this.serveNext());
  }

  /** @returns false if no waiting work can start */
  private serveNext(): boolean {
    if (this.inUse >= this.limits.total) return false;
    for (const [tenantId, tenant] of this.tenants) {
      if (tenant.waiting === 0 || tenant.held >= this.limits.perTenant) continue;
      for (const [key, request] of tenant.requests) {
        const [start] = request.waiting;
        if (!start || request.held >= this.limits.perRequest) continue;
        moveToEnd(this.tenants, tenantId, tenant);
        moveToEnd(tenant.requests, key, request);
        start();
        return true;
      }
    }
    return false;
  }

  private hasRoom(tenant: Tenant, request: Request): boolean {
    const { total, perTenant, perRequest } = this.limits;
    return this.inUse < total && tenant.held < perTenant && request.held < perRequest;
  }

  private addHeld(tenant: Tenant, request: Request, by: 1 | -1): void {
    this.inUse += by;
    tenant.held += by;
    request.held += by;
  }

  private removeIdle(tenantId: string, tenant: Tenant, key: object, request: Request): void {
    if (request.held === 0 && request.waiting.size === 0) tenant.requests.delete(key);
    if (tenant.requests.size === 0) this.tenants.delete(tenantId);
  }
}

function moveToEnd<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
}

const tooMany = () =>
  new LandfallError(
    'DATABASE_UNAVAILABLE',
    'Retry soon, and send fewer requests at the same time: too many of them wait for the database.',
    {
      retryable: true,
    },
  );
