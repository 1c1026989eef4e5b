import type { WebSocket } from 'ws';

const forbidden = 4403;
/** For the other side to close too; then it is cut off. */
const withinMs = 2_000;

/** Ends a connection whose key ended: nothing more is sent, and nothing more is heard. */
export function endSocket(socket: WebSocket): void {
  socket.removeAllListeners('message');
  socket.close(forbidden, 'Forbidden');
  const timer = setTimeout(() => socket.terminate(), withinMs);
  socket.once('close', () => clearTimeout(timer));
}
