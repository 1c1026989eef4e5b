import { CloseCode, MessageType } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';

const ofServers: ReadonlySet<unknown> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);
const named = /"(?:connection_ack|next|error)"/;

/**
 * Closes a socket with 4400 if its client sends a message that only servers send. graphql-ws would print a stack, and close with 4500 as
 * for an error of the server. Call it after graphql-ws has added its listener.
 */
export function refuseServerMessages(socket: WebSocket): void {
  const listeners = socket.listeners('message');
  socket.removeAllListeners('message');
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isOfServer(String(data))) socket.close(CloseCode.BadRequest, 'Invalid message received');
    else for (const listener of listeners) listener.call(socket, data, isBinary);
  });
}

function isOfServer(text: string): boolean {
  if (!named.test(text)) return false;
  try {
    return ofServers.has((JSON.parse(text) as { type?: unknown } | null)?.type);
  } catch {
    return false; // graphql-ws refuses it.
  }
}
