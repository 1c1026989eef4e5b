import type { WebSocket } from 'ws';

const forbidden = 4403;
/** The client has this time to close too; then the socket is destroyed. */
const closeTimeoutMs = 2_000;

/** Closes the connection of a key that was revoked or has expired. Later messages of the client are ignored. */
export function endSocket(socket: WebSocket): void {
  socket.removeAllListeners('message');
  socket.close(forbidden, 'Forbidden');
  const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
  socket.once('close', () => clearTimeout(timer));
}
