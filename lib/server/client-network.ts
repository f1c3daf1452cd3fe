import 'server-only';
import { isIP, isIPv6 } from 'node:net';
import { getEnv } from '@/lib/server/env';
import { keyedHash } from '@/lib/server/keyed-hash';

/** The first 64 bits of an IPv6 address: one household has all the addresses below them. */
function ipv6Network(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/**
 * A keyed hash of the network that a request comes from, or `null` when the deployment names no proxy header
 * for it (`CLIENT_IP_HEADER`): anyone can write any other header. A proxy appends, so the last entry is its own.
 */
export function clientNetwork(headers: Headers): string | null {
  const name = getEnv().site.clientIpHeader;
  const address = name ? headers.get(name)?.split(',').at(-1)?.trim() : undefined;
  if (!address || isIP(address) === 0) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const network = mapped ?? (isIPv6(address) ? ipv6Network(address) : address);
  return keyedHash('client-network', network);
}
