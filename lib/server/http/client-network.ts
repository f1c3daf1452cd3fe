import 'server-only';
import { isIP, isIPv6 } from 'node:net';
import { getEnv } from '@/lib/server/platform/env';
import { keyedHash } from '@/lib/server/platform/keyed-hash';

/** One household has all the addresses of a /64, many have a /56, and anyone gets a /48 for free. */
const IPV6_PREFIXES = [64, 56, 48];

/** Returns the prefixes of an IPv6 address, the narrowest first. */
function ipv6Networks(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4);
  const bits = groups.map((group) => Number.parseInt(group, 16).toString(16).padStart(4, '0')).join('');
  return IPV6_PREFIXES.map((length) => `${bits.slice(0, length / 4)}/${length}`);
}

const hashNetwork = (network: string) => keyedHash('client-network', network);

const IPV6_PREFIX = /^([\da-f:]+)(?:\/(64|56|48))?$/i;

/**
 * Returns the name by which guests of a network are counted, with the network as text: an IPv4 address, or an IPv6
 * prefix (of a whole address its /64). `null` for any other text.
 */
export function nameNetwork(text: string): { name: string; label: string } | null {
  if (isIP(text) === 4) return { name: hashNetwork(text), label: text };
  const [, address = '', length = '64'] = IPV6_PREFIX.exec(text) ?? [];
  if (!isIPv6(address)) return null;
  const network = ipv6Networks(address).find((one) => one.endsWith(`/${length}`));
  return network ? { name: hashNetwork(network), label: `${address}/${length}` } : null;
}

/** Requests without a trusted address share one bucket, so going around the proxy gains nothing. */
const UNKNOWN = 'unknown';

/** Some proxies write the port as well: `203.0.113.7:5678`, `[2001:db8::1]:5678`. */
const withoutPort = (entry: string) =>
  entry.replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');

function toNetworks(address: string): string[] {
  if (isIP(address) === 0) return [UNKNOWN];
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined && isIPv6(address) ? ipv6Networks(address) : [mapped ?? address];
}

const SEPARATOR = '.';
const toName = (networks: string[]) => networks.map(hashNetwork).join(SEPARATOR);

/** Returns the names of a network and of those that contain it, the narrowest first. An IPv4 address is alone. */
export const listWiderNetworks = (network: string): string[] => network.split(SEPARATOR);

/** Returns the name of the widest network: whoever has all of its addresses is counted as one. */
export const widestNetwork = (network: string): string => listWiderNetworks(network).at(-1) ?? network;

/** Returns whether a name of {@link clientNetwork} stands for one network, and not for all requests whose address is unknown. */
export const isOneNetwork = (network: string): boolean => network !== toName([UNKNOWN]);

/** Returns what the header `name` says last: a proxy appends, so that entry is its own. Empty: nothing. */
export const lastAddress = (headers: Headers, name: string): string =>
  withoutPort(headers.get(name)?.split(',').at(-1)?.trim() ?? '');

/**
 * Returns a name of the network that a request comes from, made of keyed hashes, by the header that the deployment names
 * (`CLIENT_IP_HEADER`): a client can write any other header. Without such a header all requests come from one network. With the offline sandbox, where calls cost nothing: `null`.
 */
export function clientNetwork(headers: Headers): string | null {
  const { site, sandbox } = getEnv();
  if (site.clientIpHeader === null) return sandbox ? null : toName([UNKNOWN]);
  return toName(toNetworks(lastAddress(headers, site.clientIpHeader)));
}
