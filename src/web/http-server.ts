import { createServer, type RequestListener, type Server } from 'node:http';
import { LandfallError } from '../domain/model/errors.js';
import type { Log } from '../domain/ports/log.js';

/** Address that a server listens on. */
export interface Address {
  host: string;
  port: number;
}

/** Milliseconds for requests in flight when the server closes. */
const graceMs = 5_000;
/** Longer than proxies and clients keep idle connections (mostly 60 s): a request on a connection that is being closed fails. */
const keepAliveMs = 65_000;

export const localUrl = ({ host, port }: Address) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Checks that this process can listen on an address, before anything else is opened.
 * @throws LandfallError ADDRESS_IN_USE, ADDRESS_UNUSABLE
 */
export async function checkAddress(address: Address): Promise<void> {
  const probe = createServer();
  await listen(probe, address);
  await new Promise(resolve => probe.close(resolve));
}

export function createHttpServer(app: RequestListener, log: Log): Server {
  const http = createServer({ keepAliveTimeout: keepAliveMs }, app);
  // For example too many open files. The server accepts connections again later.
  http.on('error', err => log.warn({ err }, 'a connection could not be accepted'));
  return http;
}

/**
 * @returns the port, which the system chooses for 0
 * @throws LandfallError ADDRESS_IN_USE, ADDRESS_UNUSABLE
 */
export function listen(http: Server, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => reject(toAddressError(cause, host, port));
    http.once('error', refuse);
    http.listen(port, host, () => {
      http.off('error', refuse);
      resolve((http.address() as { port: number }).port);
    });
  });
}

function toAddressError(cause: NodeJS.ErrnoException, host: string, port: number): LandfallError {
  if (cause.code === 'EADDRINUSE')
    return new LandfallError('ADDRESS_IN_USE', `Choose another PORT: ${host}:${port} is in use.`, { cause });
  if (cause.code === 'EACCES')
    return new LandfallError('ADDRESS_UNUSABLE', `Choose another PORT: this user may not listen on ${port}.`, { cause });
  return new LandfallError(
    'ADDRESS_UNUSABLE',
    `Choose another HOST: ${host} is not an address of this machine (${cause.code}).`,
    {
      cause,
    },
  );
}

/** Waits for requests in flight, then closes the server. */
export async function closeHttpServer(http: Server): Promise<void> {
  const closed = new Promise(resolve => http.close(resolve));
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
