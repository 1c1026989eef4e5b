import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

type OnReady = (error: Error | null, socket: Duplex) => void;

/**
 * Agents that give a request its connection only when that is open, including TLS. So a request is sent in the tick in which it
 * gets its socket, and a check in that tick is still valid.
 */
export function readyConnections(connectTimeoutMs: number): { http: HttpAgent; https: HttpsAgent } {
  class ReadyHttp extends HttpAgent {
    override createConnection(options: ClientRequestArgs, onReady?: OnReady): undefined {
      handOver(super.createConnection(options) as Socket, 'connect', onReady!, connectTimeoutMs);
    }
  }
  class ReadyHttps extends HttpsAgent {
    override createConnection(options: ClientRequestArgs, onReady?: OnReady): undefined {
      handOver(super.createConnection(options) as Socket, 'secureConnect', onReady!, connectTimeoutMs);
    }
  }
  // The same options as Node's global agents.
  const defaults = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;
  return { http: new ReadyHttp(defaults), https: new ReadyHttps(defaults) };
}

function handOver(socket: Socket, event: 'connect' | 'secureConnect', onReady: OnReady, timeoutMs: number): void {
  // The caller may have given up before; nothing else ends the attempt then.
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' })), timeoutMs);
  const failed = (error: Error) => {
    clearTimeout(timer);
    // There is no socket, but the type requires one.
    onReady(error, undefined as never);
  };
  socket.once('error', failed);
  socket.once(event, () => {
    clearTimeout(timer);
    socket.off('error', failed);
    onReady(null, socket);
  });
}
