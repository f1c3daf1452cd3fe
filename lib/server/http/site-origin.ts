import 'server-only';
import { getEnv } from '@/lib/server/platform/env';

const firstOf = (header: string | null) => header?.split(',')[0]?.trim() || null;

/** `Host` is the visitor's to write: what makes no address is met under none that exists. */
const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : 'http://localhost');

/**
 * The origin under which this site is visited, such as `https://voice.example.com`. In this order:
 * `NEXTAUTH_URL`; what a trusted proxy says; the `Host` header over plain HTTP. next-auth decides alike.
 */
export function siteOrigin(headers: Headers): string {
  const { url, trustHost } = getEnv().site;
  if (url) return new URL(url).origin;
  const host = headers.get('host') ?? 'localhost';
  if (!trustHost) return originOf(`http://${host}`);
  const scheme = firstOf(headers.get('x-forwarded-proto')) === 'http' ? 'http' : 'https';
  return originOf(`${scheme}://${firstOf(headers.get('x-forwarded-host')) ?? host}`);
}
