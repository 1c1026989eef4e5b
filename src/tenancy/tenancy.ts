import type { Principal } from '../domain/model/principal.js';
import { currentRequest } from '../domain/model/request-context.js';
import type { Secret } from '../domain/model/secret.js';
import type { Log } from '../domain/ports/log.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import { bootstrapKey, goodKeys, noteUse, principalByKeyHash } from '../store/api-keys.js';
import type { Database } from '../store/data-source.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { generateApiKey, storedKey } from './api-key.js';
import { ConnectionShares, defaultShares } from './connection-shares.js';
import type { Digests } from './digests.js';

/** The one place that turns a key into a principal, and a principal into a transaction that sees what is its own. */
export class Tenancy {
  /** Keys whose use is being noted. */
  private readonly noting = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
    private readonly digests: Digests,
    private readonly log: Log,
    private readonly shares = new ConnectionShares(defaultShares),
  ) {}

  /**
   * @returns null where the key is unknown, revoked or expired
   * @throws LandfallError DATABASE_UNAVAILABLE
   */
  async authenticate(key: string): Promise<Principal | null> {
    const found = await principalByKeyHash(this.database, storedKey(key, this.digests).hash);
    if (found?.useIsDue) this.noteUse(found.principal.apiKeyId);
    return found?.principal ?? null;
  }

  /** Of these keys those that are good, with the milliseconds until they expire; null where they don't. */
  validKeys(ids: readonly string[]): Promise<Map<string, number | null>> {
    return goodKeys(this.database, ids);
  }

  /** Beside the request, which neither waits for it nor fails with it. */
  private noteUse(apiKeyId: string): void {
    if (this.noting.has(apiKeyId)) return;
    this.noting.add(apiKeyId);
    noteUse(this.database, apiKeyId)
      .catch(err => this.log.warn({ err }, 'the use of a key could not be noted'))
      .finally(() => this.noting.delete(apiKeyId));
  }

  /**
   * Runs work in a transaction in the principal's scope, and wakes who waits for what it changed once it is committed.
   * @throws LandfallError DATABASE_UNAVAILABLE
   */
  within<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    // Over a socket there is no request: what one connection asks counts together.
    return this.inTurn(principal.organizationId, currentRequest() ?? principal, work);
  }

  /** The same in an organization's scope, for anyone who holds a link that was made in it. */
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

  /**
   * Makes this the key of an ADMIN of the root organization; a key that is known already stays what it is.
   * @returns false where the key was revoked
   */
  async admit(key: Secret, name: string): Promise<boolean> {
    const stored = storedKey(key.reveal(), this.digests);
    await bootstrapKey(this.database, { ...stored, name }, false);
    return (await principalByKeyHash(this.database, stored.hash)) !== null;
  }

  /** Makes the very first key. @returns null where there is one already */
  async firstKey(): Promise<Secret | null> {
    const key = generateApiKey();
    const added = await bootstrapKey(this.database, { ...storedKey(key.reveal(), this.digests), name: 'bootstrap' }, true);
    return added ? key : null;
  }
}
