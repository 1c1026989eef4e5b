import { createServer, type RequestListener, type Server } from 'node:http';
import { LandfallError } from '../domain/model/errors.js';
import type { Log } from '../domain/ports/log.js';

/** Where a server listens. */
export interface Address {
  host: string;
  port: number;
}

/** Milliseconds that requests in flight have when the server closes. */
const graceMs = 5_000;

export const localUrl = ({ host, port }: Address) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Refuses an address that this process cannot listen on, before anything is opened for it.
 * @throws LandfallError ADDRESS_IN_USE, ADDRESS_UNUSABLE
 */
export async function checkAddress(address: Address): Promise<void> {
  const probe = createServer();
  await listen(probe, address);
  await new Promise(resolve => probe.close(resolve));
}

export function createHttpServer(app: RequestListener, log: Log): Server {
  const http = createServer(app);
  // Too many open files, for example: logged, and accepted again later.
  http.on('error', err => log.warn({ err }, 'a connection could not be accepted'));
  return http;
}

/**
 * @returns the port, also where 0 was asked for
 * @throws LandfallError ADDRESS_IN_USE, ADDRESS_UNUSABLE
 */
export function listen(http: Server, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => reject(refusedAddress(cause, host, port));
    http.once('error', refuse);
    http.listen(port, host, () => {
      http.off('error', refuse);
      resolve((http.address() as { port: number }).port);
    });
  });
}

function refusedAddress(cause: NodeJS.ErrnoException, host: string, port: number): LandfallError {
  if (cause.code === 'EADDRINUSE')
    return new LandfallError('ADDRESS_IN_USE', `Choose another PORT: ${host}:${port} is taken.`, { cause });
  if (cause.code === 'EACCES')
    return new LandfallError('ADDRESS_UNUSABLE', `Choose another PORT: this user may not listen on ${port}.`, { cause });
  return new LandfallError('ADDRESS_UNUSABLE', `Choose another HOST: ${host} is no address of this machine (${cause.code}).`, {
    cause,
  });
}

/** Lets requests in flight end. */
export async function closeHttpServer(http: Server): Promise<void> {
  const closed = new Promise(resolve => http.close(resolve));
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
