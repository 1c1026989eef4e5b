import { LandfallError } from '../../domain/model/errors.js';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** A socket, as graphql-ws shows it: operations under way by their id, one that is about to begin included. */
interface SocketState {
  readonly subscriptions: Record<string, unknown>;
}

/** Counts what runs on the sockets of each API key. */
export class OpenSubscriptions {
  private readonly sockets = new Map<string, Set<SocketState>>();

  constructor(private readonly limits: Pick<GraphQLLimits, 'subscriptionsPerSocket' | 'subscriptionsPerKey'>) {}

  /** @throws LandfallError TOO_MANY_SUBSCRIPTIONS where the key has as many sockets as it may have subscriptions */
  connected(apiKeyId: string, socket: SocketState): void {
    const sockets = this.sockets.get(apiKeyId) ?? new Set();
    this.sockets.set(apiKeyId, sockets);
    if (sockets.size >= this.limits.subscriptionsPerKey) throw tooMany('key', this.limits.subscriptionsPerKey);
    sockets.add(socket);
  }

  closed(apiKeyId: string, socket: SocketState): void {
    const sockets = this.sockets.get(apiKeyId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.sockets.delete(apiKeyId);
  }

  /** @throws LandfallError TOO_MANY_SUBSCRIPTIONS where the one that is about to begin is one too many */
  checkRoom(apiKeyId: string, socket: SocketState): void {
    const { subscriptionsPerSocket, subscriptionsPerKey } = this.limits;
    if (countOf(socket) > subscriptionsPerSocket) throw tooMany('socket', subscriptionsPerSocket);
    let ofKey = 0;
    for (const each of this.sockets.get(apiKeyId) ?? []) ofKey += countOf(each);
    if (ofKey > subscriptionsPerKey) throw tooMany('key', subscriptionsPerKey);
  }
}

const countOf = ({ subscriptions }: SocketState) => Object.keys(subscriptions).length;

const tooMany = (what: 'socket' | 'key', limit: number) =>
  new LandfallError('TOO_MANY_SUBSCRIPTIONS', `End a subscription first: a ${what} may have ${limit}.`, { retryable: true });
