import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CallFailure } from '../domain/call-failure.js';

/** Loopback, private, link-local, reserved: everything that is not plainly public. */
export function isPrivateAddress(address: string): boolean {
  return ipaddr.process(address).range() !== 'unicast';
}

const refuse = (host: string) => new CallFailure('PRIVATE_HOST', `Use a public host: ${host} is a loopback or private address.`);

/** @throws CallFailure PRIVATE_HOST where the host is written as such an address */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refuse(host);
}

/** Whether a host is written as such an address, or its name leads to one; one that leads nowhere is not. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  const found = await lookupAll(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isPrivateAddress(address));
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A DNS look-up that refuses private addresses at the moment of connecting, so that a name can't change its mind. */
export function publicLookup(host: string, options: LookupOptions, callback: Callback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(refuse(host), []);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
}
