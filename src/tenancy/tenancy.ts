import type { Principal } from '../domain/principal.js';
import { currentRequest } from '../domain/request-context.js';
import type { Secret } from '../domain/secret.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { bootstrapKey, principalByKeyHash } from '../store/api-keys.js';
import type { Database } from '../store/data-source.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { generateApiKey, storedKey } from './api-key.js';
import { ConnectionShares, defaultShares } from './connection-shares.js';
import type { Digests } from './digests.js';

/** The one place that turns a key into a principal, and a principal into a transaction that sees what is its own. */
export class Tenancy {
  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
    private readonly digests: Digests,
    private readonly shares = new ConnectionShares(defaultShares),
  ) {}

  /**
   * @returns null where the key is unknown
   * @throws LandfallError DATABASE_UNAVAILABLE
   */
  authenticate(key: string): Promise<Principal | null> {
    return principalByKeyHash(this.database, storedKey(key, this.digests).hash);
  }

  /**
   * Runs work in a transaction in the principal's scope, and wakes who waits for what it changed once it is committed.
   * @throws LandfallError DATABASE_UNAVAILABLE
   */
  within<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    // Over a socket there is no request: what one connection asks counts together.
    return this.inTurn(principal.organizationId, currentRequest() ?? principal, work);
  }

  /** The same in an organization's scope, for whoever holds a link that was made in it. */
  in<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.inTurn(organizationId, currentRequest(), work);
  }

  private async inTurn<T>(organizationId: string, request: object | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched } = await this.shares.hold(organizationId, request, () =>
      transactionFor(this.database, organizationId, work),
    );
    for (const topic of touched) this.wakeUps.publish(topic);
    return result;
  }

  /** Makes this the key of an ADMIN of the root organization; a key that is known already changes nothing. */
  async admit(key: Secret, name: string): Promise<void> {
    await bootstrapKey(this.database, { ...storedKey(key.reveal(), this.digests), name }, false);
  }

  /** Makes the very first key. @returns null where there is one already */
  async firstKey(): Promise<Secret | null> {
    const key = generateApiKey();
    const added = await bootstrapKey(this.database, { ...storedKey(key.reveal(), this.digests), name: 'bootstrap' }, true);
    return added ? key : null;
  }
}
