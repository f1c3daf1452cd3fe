// Tested in exact-deadlines.test (QStash) and auth/route-guards.test (CRON_SECRET).
import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { deliveryUrl } from '@/lib/server/platform/qstash';

/** The clocks of two services differ a little. */
const TOLERANCE_SECONDS = 5;

const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();

/** Compares in constant time, whatever the lengths. */
const equals = (one: string, other: string) => timingSafeEqual(sha256(one), sha256(other));

/** Throws `unauthenticated` unless the request carries `CRON_SECRET`, and `not_configured` without that variable. */
export function requireCronSecret(request: Request): void {
  const { cronSecret } = getEnv();
  if (cronSecret === null) {
    throw new AppError('not_configured', {
      message: 'CRON_SECRET is not set, so nothing is reaped here. Set it, and send it as a bearer token.',
    });
  }
  if (equals(request.headers.get('authorization') ?? '', `Bearer ${cronSecret}`)) return;
  throw new AppError('unauthenticated', { message: 'Send CRON_SECRET as a bearer token.' });
}

const Header = z.object({ alg: z.literal('HS256') });
const Claims = z.object({
  iss: z.literal('Upstash'),
  /** The address of the receiver. */
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  /** SHA-256 of the body, base64url; some senders pad it. */
  body: z.string(),
});

function parsePart<Schema extends z.ZodType>(part: string, schema: Schema): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Returns the claims of a token that one of the keys has signed: while keys are rotated, two are valid. */
function readClaims(token: string, keys: readonly string[]): z.infer<typeof Claims> | null {
  const [header = '', claims = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || !parsePart(header, Header)) return null;
  const isSigned = keys.some((key) =>
    equals(createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url'), signature),
  );
  return isSigned ? parsePart(claims, Claims) : null;
}

/**
 * Throws `unauthenticated` unless QStash has just signed exactly this body for the route at `path`: `Upstash-Signature` is a JWT
 * (HS256) over issuer, address, time and the hash of the body.
 */
export function requireQstashSignature(
  headers: Headers,
  body: string,
  path: Parameters<typeof deliveryUrl>[0],
): void {
  const keys = getEnv().qstash?.signingKeys ?? [];
  const claims = readClaims(headers.get('upstash-signature') ?? '', keys);
  const nowSeconds = Date.now() / 1000;
  const isGood =
    claims !== null &&
    claims.sub === deliveryUrl(path) &&
    nowSeconds < claims.exp + TOLERANCE_SECONDS &&
    nowSeconds > claims.nbf - TOLERANCE_SECONDS &&
    equals(claims.body.replace(/=+$/, ''), sha256(body).toString('base64url'));
  if (!isGood)
    throw new AppError('unauthenticated', { message: 'Only signed messages of QStash are accepted here.' });
}
