import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

type OnReady = (error: Error | null, socket: Duplex) => void;

/**
 * Agents that give a request its connection only once that is open, its TLS too. So a request goes out in the very tick in
 * which it gets its socket: what is checked then is still true.
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
  // As Node's own are.
  const usual = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;
  return { http: new ReadyHttp(usual), https: new ReadyHttps(usual) };
}

function handOver(socket: Socket, event: 'connect' | 'secureConnect', onReady: OnReady, timeoutMs: number): void {
  // Whoever asked may have given up long before: then nobody else ends the attempt.
  const timer = setTimeout(() => socket.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' })), timeoutMs);
  const failed = (error: Error) => {
    clearTimeout(timer);
    // There is none then, which the types don't know.
    onReady(error, undefined as never);
  };
  socket.once('error', failed);
  socket.once(event, () => {
    clearTimeout(timer);
    socket.off('error', failed);
    onReady(null, socket);
  });
}
