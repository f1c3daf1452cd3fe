import 'server-only';
import { getEnv } from '@/lib/server/platform/env';

const firstEntry = (header: string | null) => header?.split(',')[0]?.trim() || null;

/** The client writes `Host`. An invalid one gets an origin that matches nothing. */
const toOrigin = (address: string) => (URL.canParse(address) ? new URL(address).origin : 'http://localhost');

/**
 * Returns the origin under which this site is visited, such as `https://voice.example.com`. In this order:
 * `NEXTAUTH_URL`; the headers of a trusted proxy; the `Host` header over plain HTTP. next-auth decides the same way.
 */
export function siteOrigin(headers: Headers): string {
  const { url, trustHost } = getEnv().site;
  if (url) return new URL(url).origin;
  const host = headers.get('host') ?? 'localhost';
  if (!trustHost) return toOrigin(`http://${host}`);
  const scheme = firstEntry(headers.get('x-forwarded-proto')) === 'http' ? 'http' : 'https';
  return toOrigin(`${scheme}://${firstEntry(headers.get('x-forwarded-host')) ?? host}`);
}
