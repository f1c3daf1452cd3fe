// Tested in cron-guards.test, exact-deadlines.test (QStash) and auth/route-guards.test (CRON_SECRET).
import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import { createSeldomLog } from '@/lib/server/platform/log-seldom';
import { deliveryUrl } from '@/lib/server/platform/qstash';

/** The clocks of two services differ a little. */
const TOLERANCE_SECONDS = 5;

const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();

/** Compares in constant time, also when the lengths differ. */
const equals = (one: string, other: string) => timingSafeEqual(sha256(one), sha256(other));

const logForeignSecret = createSeldomLog(
  'a bearer that is not CRON_SECRET was refused: your scheduler or monitor may have an old one',
);

/** Throws `unauthenticated` unless the request carries `CRON_SECRET`, and `not_configured` if that variable is not set. */
export function requireCronSecret(request: Request): void {
  const { cronSecret } = getEnv();
  if (cronSecret === null) {
    throw new AppError('not_configured', {
      message: 'CRON_SECRET is not set, so nothing is reaped here. Set it, and send it as a bearer token.',
    });
  }
  const given = request.headers.get('authorization');
  if (equals(given ?? '', `Bearer ${cronSecret}`)) return;
  if (given !== null) logForeignSecret({ path: new URL(request.url).pathname });
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

type OurPath = Parameters<typeof deliveryUrl>[0];

/** Returns what is wrong with a signature for the route at `path`, or `null`. */
function findFault(signature: string, body: string, path: OurPath) {
  const claims = readClaims(signature, getEnv().qstash?.signingKeys ?? []);
  const nowSeconds = Date.now() / 1000;
  if (claims === null) return 'signature';
  if (claims.sub !== deliveryUrl(path)) return 'address';
  if (nowSeconds >= claims.exp + TOLERANCE_SECONDS || nowSeconds <= claims.nbf - TOLERANCE_SECONDS)
    return 'time';
  return equals(claims.body.replace(/=+$/, ''), sha256(body).toString('base64url')) ? null : 'body';
}

const logRefused = createSeldomLog(
  'a message of QStash was refused, and ends no call: see its signing keys, the address of this site and its clock',
);

/**
 * Throws `unauthenticated` unless QStash has just signed exactly this body for the route at `path`: `Upstash-Signature` is a JWT
 * (HS256) over issuer, address, time and the hash of the body. The log says why: otherwise calls would go on unnoticed.
 */
export function requireQstashSignature(headers: Headers, body: string, path: OurPath): void {
  const signature = headers.get('upstash-signature');
  const why = findFault(signature ?? '', body, path);
  if (why === null) return;
  if (signature !== null) logRefused({ path, why });
  throw new AppError('unauthenticated', { message: 'Only signed messages of QStash are accepted here.' });
}
