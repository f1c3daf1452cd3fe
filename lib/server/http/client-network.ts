import 'server-only';
import { isIP, isIPv6 } from 'node:net';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';

/** The first 64 bits of an IPv6 address: one household has all the addresses below them. */
function ipv6Network(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** All whose address nobody vouches for are one network: a request past the proxy buys nothing. */
const UNKNOWN = 'unknown';

/** Some proxies write the port as well: `203.0.113.7:5678`, `[2001:db8::1]:5678`. */
const withoutPort = (entry: string) =>
  entry.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');

function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? (isIPv6(address) ? ipv6Network(address) : address);
}

/**
 * A keyed hash of the network that a request comes from, by the header that the deployment names
 * (`CLIENT_IP_HEADER`): anyone can write any other. A proxy appends, so the last entry is its own. Without such a
 * header everyone comes from one network, and on a developer's machine, or in the offline demo, from none: `null`.
 */
export function clientNetwork(headers: Headers): string | null {
  const { site, deployed } = getEnv();
  if (site.clientIpHeader === null) return deployed ? keyedHash('client-network', UNKNOWN) : null;
  const entry = headers.get(site.clientIpHeader)?.split(',').at(-1)?.trim() ?? '';
  return keyedHash('client-network', networkOf(withoutPort(entry)));
}
