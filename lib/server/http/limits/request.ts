import 'server-only';
import { createHash } from 'node:crypto';
import { readBearer } from '@/lib/server/http/bearer';
import { clientNetwork, widestNetwork } from '@/lib/server/http/client-network';
import { createTokenBuckets } from '@/lib/server/http/limits/token-buckets';
import { getEnv } from '@/lib/server/platform/env';

/*
 * These limits cost nothing: they live in the memory of this process and refuse before the database is asked. What spends
 * money or keeps data is counted in the database as well, for all processes together: see `money/limits`.
 */

/** A network may hold many people: an office, a classroom. */
const NETWORK_FACTOR = 10;
/** The limits of the routes are right for this many calls a minute. A site that allows more of them allows more of all. */
const CALLS_PER_MINUTE = 5;

export interface RouteLimit {
  /** How often one caller may send this request in a minute. */
  perMinute: number;
}

/** A sign-in cookie of any clone, see `auth/cookies`: which of them counts, if any, is decided after the limit. */
const SIGN_IN_COOKIE = /^(?:__Host-)?parley-[0-9a-f]{8}\.session=(.*)$/;
/** No browser holds as many. Without a bound, one request could push everybody else's buckets out of the memory. */
const MOST_COOKIES = 8;

/** Next reads a cookie in the same way, and ignores one that cannot be decoded. */
function decodeCookie(value: string): string[] {
  try {
    return [decodeURIComponent(value)];
  } catch {
    return [];
  }
}

function listSignIns(headers: Headers): string[] {
  const cookies = (headers.get('cookie') ?? '').split(';');
  const values = cookies.flatMap((cookie) => SIGN_IN_COOKIE.exec(cookie.trim())?.[1] ?? []);
  return values.length > MOST_COOKIES ? ['too many cookies'] : values.flatMap(decodeCookie);
}

/** Returns the one form of all the texts that are read as the same token: base64 is read without foreign characters. */
const normalizeToken = (text: string): string =>
  text
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('base64url'))
    .join('.');

/** Returns hashes of the sign-in cookies and tokens that a request carries. Nobody has checked them yet. */
function listCredentials(headers: Headers): string[] {
  const credentials = [
    ...listSignIns(headers),
    readBearer(headers),
    headers.get('x-parley-token'),
    // Of QStash, which must get through where a stranger floods its routes.
    headers.get('upstash-signature'),
  ];
  return credentials
    .filter((credential) => credential !== null)
    .map((credential) => createHash('sha256').update(normalizeToken(credential)).digest('base64url'));
}

/**
 * Returns a function that counts one request by each of the caller's credentials and by their network. It returns 0, or
 * the seconds to wait for a request that is one too many. Where no header names the network, callers with a credential
 * are told apart by it alone: otherwise one of them could shut out all others. A site without `AUTH_SECRET` counts
 * nothing: it does nothing either.
 */
export function createRequestLimit({ perMinute }: RouteLimit): (headers: Headers) => number {
  const buckets = createTokenBuckets();
  return (headers) => {
    const { auth, site, voice } = getEnv();
    if (!auth.secret) return 0;
    const most = perMinute * Math.max(1, voice.callsPerMinute / CALLS_PER_MINUTE);
    const credentials = listCredentials(headers);
    const network = credentials.length > 0 && site.clientIpHeader === null ? null : clientNetwork(headers);
    const nowMs = performance.now();
    const waits = credentials.map((credential) => buckets.take(`credential ${credential}`, most, nowMs));
    if (network) waits.push(buckets.take(`network ${widestNetwork(network)}`, most * NETWORK_FACTOR, nowMs));
    return Math.max(0, ...waits);
  };
}
