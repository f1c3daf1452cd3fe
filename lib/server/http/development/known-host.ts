import 'server-only';
import { isIP } from 'node:net';
import { matchesHost } from '@/lib/server/http/same-origin';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { isLoopback } from '@/lib/server/platform/setup/loopback';

/** Listening on all addresses. A visit by number is no DNS rebinding, which needs a name. */
const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]']);

function isKnown(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname, host: withPort } = new URL(`http://${host}`);
  const { site, voice } = getEnv();
  if (isLoopback(hostname) || hostname === site.hostname) return true;
  if (site.hostname !== null && EVERY_ADDRESS.has(site.hostname) && isIP(hostname.replace(/^\[|\]$/g, ''))) {
    return true;
  }
  if (site.url !== null && new URL(site.url).hostname === hostname) return true;
  return voice.allowedHosts.some(
    (allowed) => matchesHost(hostname, allowed) || matchesHost(withPort, allowed),
  );
}

/** Returns the first name of the request that was not given to this development server. Elsewhere: `undefined`. */
function findUnknownName(headers: Headers): string | undefined {
  const { development, site } = getEnv();
  if (!development) return undefined;
  const names = [headers.get('host'), site.trustHost ? headers.get('x-forwarded-host') : null];
  return names.flatMap((name) => name?.split(',') ?? []).find((name) => !isKnown(name.trim()));
}

export const hasKnownHost = (headers: Headers): boolean => findUnknownName(headers) === undefined;

/**
 * Refuses a request to a development server under a name that it was not given. A page that anybody wrote can have its
 * own name lead to this machine (DNS rebinding), and would then call the API as our own page does, at the expense of the
 * developer's key. Throws `origin_refused`. A deployed site knows its address instead: see `same-origin`.
 */
export function requireKnownHost(headers: Headers): void {
  const unknown = findUnknownName(headers);
  if (unknown === undefined) return;
  throw new AppError('origin_refused', {
    message: `The development server does not answer to the name ${unknown.slice(0, 100)}. Open it as localhost, or put the name into VOICE_ALLOWED_HOSTS.`,
  });
}
