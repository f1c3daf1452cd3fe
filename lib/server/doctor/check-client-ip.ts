// Tested in client-ip.test.
import 'server-only';
import { BlockList, isIP } from 'node:net';
import { diagnose, healthy } from '@/lib/server/doctor/diagnoses';
import { lastAddress } from '@/lib/server/http/client-network';
import { getEnv } from '@/lib/server/platform/env';
import type { Finding } from '@/lib/shared/owner/doctor';

/** RFC 1918, 6598 and 4193, and the machine itself: what a proxy between two others writes. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('100.64.0.0', 10);
PRIVATE.addSubnet('127.0.0.0', 8);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

const isPrivate = (address: string): boolean => PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Returns whether guests are told apart by their network. `headers`: of a visit. */
export function checkClientIp(headers: Headers | null): Finding[] {
  const { site, deployed, auth } = getEnv();
  const name = site.clientIpHeader;
  if (name === null) {
    if (deployed && auth.guest) return [diagnose('client_ip', 'client_ip_unset')];
    return [healthy('client_ip', 'Guests need not be told apart by network here.')];
  }
  if (headers === null) return [healthy('client_ip', 'Guests are told apart by their network.', [name])];
  if (!headers.has(name)) return [diagnose('client_ip', 'client_ip_absent', [name])];
  const address = lastAddress(headers, name);
  if (isIP(address) === 0) return [diagnose('client_ip', 'client_ip_unreadable', [name])];
  const visit = `${name}: you come from ${address}`;
  if (isPrivate(address)) return [diagnose('client_ip', 'client_ip_private', [visit])];
  return [healthy('client_ip', 'Guests are told apart by their network.', [visit])];
}
