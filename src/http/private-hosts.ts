import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CallFailure } from '../domain/ports/call-failure.js';

/** The only part of IPv6 that is assigned to public hosts. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** Networks without IPv4 translate these addresses to IPv4 (NAT64). */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Whether an address is not public: loopback, private, link-local, reserved, or translated to such an IPv4 address. */
export function isPrivateAddress(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() !== 'unicast';
  if (parsed.match(translated)) return isPrivateAddress(ipaddr.fromByteArray(parsed.toByteArray().slice(12)).toString());
  return !parsed.match(globalUnicast) || parsed.range() !== 'unicast' || isTunnelled(parsed);
}

/** ISATAP: the second half of the address holds an IPv4 address. */
const isTunnelled = ({ parts }: { parts: number[] }) => (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe;

const refuse = (host: string) => new CallFailure('PRIVATE_HOST', `Use a public host: ${host} is a loopback or private address.`);

/** @throws CallFailure PRIVATE_HOST if the host is a private address */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refuse(host);
}

/** Whether a host is a private address, or its name resolves to one. A name that does not resolve is not private. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  const found = await lookupAll(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isPrivateAddress(address));
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A DNS lookup that refuses private addresses when the connection is made, so that a name cannot change after the check. */
export function publicLookup(host: string, options: LookupOptions, callback: Callback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(refuse(host), []);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
}
