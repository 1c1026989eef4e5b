import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CallFailure } from '../domain/ports/call-failure.js';

/** The only part of IPv6 that is given to the public. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** Where a network without IPv4 of its own translates to it, as its DNS tells. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Loopback, private, link-local, reserved, and whatever leads or translates to such an address of IPv4: everything that is
 * not plainly public.
 */
export function isPrivateAddress(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() !== 'unicast';
  if (parsed.match(translated)) return isPrivateAddress(ipaddr.fromByteArray(parsed.toByteArray().slice(12)).toString());
  return !parsed.match(globalUnicast) || parsed.range() !== 'unicast' || isTunnelled(parsed);
}

/** ISATAP: an address whose second half says to which one of IPv4 it leads. */
const isTunnelled = ({ parts }: { parts: number[] }) => (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;

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
