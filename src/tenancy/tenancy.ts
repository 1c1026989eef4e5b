import type { Principal } from '../domain/model/principal.js';
import { currentRequest, requestId } from '../domain/model/request-context.js';
import type { Secret } from '../domain/model/secret.js';
import type { Log } from '../domain/ports/log.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import { bootstrapKey, goodKeys, noteUse, principalByKeyHash } from '../store/api-keys.js';
import type { Database } from '../store/data-source.js';
import { organizationsById } from '../store/organizations.js';
import { type Tx, transactionFor, type Visibility } from '../store/transaction.js';
import { generateApiKey, storedKey } from './api-key.js';
import { ConnectionShares, defaultShares } from './connection-shares.js';
import type { Digests } from './digests.js';
import { isJwt, issuerOf, type PortalTokens } from './portal-tokens.js';

/** Turns an API key into a principal, and a principal into a transaction that sees only its rows. Nothing else does this. */
export class Tenancy {
  /** Keys whose use is being recorded. */
  private readonly recording = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
    private readonly digests: Digests,
    private readonly log: Log,
    private readonly shares = new ConnectionShares(defaultShares),
    private readonly portalTokens: readonly PortalTokens[] = [],
  ) {}

  /**
   * @param key an API key, a share token or, if there is an issuer of them, a JWT of a portal
   * @returns null if the key is unknown, revoked or expired
   * @throws LandfallError DATABASE_UNAVAILABLE; for a JWT also UNAUTHENTICATED, IDENTITY_UNAVAILABLE
   */
  async authenticate(key: string): Promise<Principal | null> {
    const [first] = this.portalTokens;
    if (first && isJwt(key)) {
      const issuer = issuerOf(key);
      // One of no known issuer is refused by the first, which names the claim.
      return this.portalPrincipal(this.portalTokens.find(({ portal }) => portal.issuer === issuer) ?? first, key);
    }
    const found = await principalByKeyHash(this.database, storedKey(key, this.digests).hash);
    if (found?.useIsDue) this.recordUse(found.principal.apiKeyId);
    return found?.principal ?? null;
  }

  /** @returns null if the token names an organization that its issuer may not name */
  private async portalPrincipal(tokens: PortalTokens, token: string): Promise<Principal | null> {
    const principal = await tokens.principal(token);
    const { organizationId } = principal;
    const { result } = await transactionFor(this.database, tokens.portal.organizationId, tx =>
      organizationsById(tx, [organizationId]),
    );
    return result.length > 0 ? principal : null;
  }

  /** The valid ones of these keys, with the milliseconds until they expire; null if they do not expire. */
  validKeys(ids: readonly string[]): Promise<Map<string, number | null>> {
    return goodKeys(this.database, ids);
  }

  /** The request neither waits for it nor fails with it. */
  private recordUse(apiKeyId: string): void {
    if (this.recording.has(apiKeyId)) return;
    this.recording.add(apiKeyId);
    noteUse(this.database, apiKeyId)
      .catch(err => this.log.warn({ err }, 'the use of an API key could not be recorded'))
      .finally(() => this.recording.delete(apiKeyId));
  }

  /**
   * Runs work in a transaction that sees only what the principal may see. After the commit it wakes the listeners of what changed.
   * @param mutation name of the mutation that it is part of: its changes are audited
   * @throws LandfallError DATABASE_UNAVAILABLE
   */
  within<T>(principal: Principal, work: (tx: Tx) => Promise<T>, mutation?: string): Promise<T> {
    // A WebSocket has no request: all operations of one connection count together.
    const { organizationId, projectIds, kind, apiKeyId: id, name } = principal;
    const actor = mutation ? { actor: { kind, id, name, operation: mutation, requestId: requestId() } } : {};
    return this.withShare({ organizationId, projectIds, ...actor }, currentRequest() ?? principal, work);
  }

  /** The same in the scope of an organization, for the holder of a signed link. */
  withinOrganization<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.withShare({ organizationId, projectIds: null }, currentRequest(), work);
  }

  private async withShare<T>(visibility: Visibility, request: object | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched } = await this.shares.hold(visibility.organizationId, request, () =>
      transactionFor(this.database, visibility, work),
    );
    for (const topic of touched) this.wakeUps.publish(topic);
    return result;
  }

  /**
   * Stores this key for an ADMIN of the root organization. A known key is not changed.
   * @returns false if the key was revoked
   */
  async admitKey(key: Secret, name: string): Promise<boolean> {
    const stored = storedKey(key.reveal(), this.digests);
    await bootstrapKey(this.database, { ...stored, name }, false);
    return (await principalByKeyHash(this.database, stored.hash)) !== null;
  }

  /** Creates the first key of the installation. @returns null if a key exists */
  async createFirstKey(): Promise<Secret | null> {
    const key = generateApiKey();
    const added = await bootstrapKey(this.database, { ...storedKey(key.reveal(), this.digests), name: 'bootstrap' }, true);
    return added ? key : null;
  }
}
