import 'server-only';
import { isIP, isIPv6 } from 'node:net';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';

/** Returns the first 64 bits of an IPv6 address: one household has all the addresses below them. */
function ipv6Network(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** Requests without a trusted address share one bucket, so going around the proxy gains nothing. */
const UNKNOWN = 'unknown';

/** Some proxies write the port as well: `203.0.113.7:5678`, `[2001:db8::1]:5678`. */
const withoutPort = (entry: string) =>
  entry.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');

function toNetwork(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? (isIPv6(address) ? ipv6Network(address) : address);
}

/** Returns whether a hash of {@link clientNetwork} stands for one network, and not for all requests whose address is unknown. */
export const isOneNetwork = (network: string): boolean => network !== keyedHash('client-network', UNKNOWN);

/**
 * Returns a keyed hash of the network that a request comes from, by the header that the deployment names
 * (`CLIENT_IP_HEADER`): a client can write any other header. A proxy appends, so the last entry is its own. Without such
 * a header all requests come from one network. With the offline sandbox, where calls cost nothing: `null`.
 */
export function clientNetwork(headers: Headers): string | null {
  const { site, sandbox } = getEnv();
  if (site.clientIpHeader === null) return sandbox ? null : keyedHash('client-network', UNKNOWN);
  const entry = headers.get(site.clientIpHeader)?.split(',').at(-1)?.trim() ?? '';
  return keyedHash('client-network', toNetwork(withoutPort(entry)));
}
