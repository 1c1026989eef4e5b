import { LandfallError } from '../../domain/model/errors.js';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** A socket of graphql-ws: its operations by id, including one that is about to begin. */
interface SocketState {
  readonly subscriptions: Record<string, unknown>;
}

/** Counts the operations on the sockets of each API key. */
export class OpenSubscriptions {
  private readonly sockets = new Map<string, Set<SocketState>>();

  constructor(private readonly limits: Pick<GraphQLLimits, 'subscriptionsPerSocket' | 'subscriptionsPerKey'>) {}

  /** @throws LandfallError TOO_MANY_SUBSCRIPTIONS if the key has as many sockets as it may have subscriptions */
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

  /** @throws LandfallError TOO_MANY_SUBSCRIPTIONS if the operation that is about to begin exceeds a limit */
  checkRoom(apiKeyId: string, socket: SocketState): void {
    const { subscriptionsPerSocket, subscriptionsPerKey } = this.limits;
    if (countOf(socket) > subscriptionsPerSocket) throw tooMany('socket', subscriptionsPerSocket);
    let ofKey = 0;
    for (const each of this.sockets.get(apiKeyId) ?? []) ofKey += countOf(each);
    if (ofKey > subscriptionsPerKey) throw tooMany('key', subscriptionsPerKey);
  }
}

const countOf = ({ subscriptions }: SocketState) => Object.keys(subscriptions).length;

const tooMany = (scope: 'socket' | 'key', limit: number) =>
  new LandfallError('TOO_MANY_SUBSCRIPTIONS', `End a subscription first: a ${scope} may have ${limit}.`, { retryable: true });
