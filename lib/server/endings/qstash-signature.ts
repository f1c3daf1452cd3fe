import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { deadlineUrl } from '@/lib/server/endings/qstash';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';

/** Clocks of two services differ a little. */
const TOLERANCE_SECONDS = 5;

const Header = z.object({ alg: z.literal('HS256') });
const Claims = z.object({
  iss: z.literal('Upstash'),
  /** The address that the message is for. */
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  /** SHA-256 of the body, base64url; some senders pad it. */
  body: z.string(),
});

const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();

/** Compares in constant time, whatever the lengths. */
const same = (one: string, other: string) => timingSafeEqual(sha256(one), sha256(other));

function parsePart<Schema extends z.ZodType>(part: string, schema: Schema): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** The claims of a token that one of the keys has signed: keys are changed by having two for a while. */
function claimsOf(token: string, keys: readonly string[]): z.infer<typeof Claims> | null {
  const [header = '', claims = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || !parsePart(header, Header)) return null;
  const isSigned = keys.some((key) =>
    same(createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url'), signature),
  );
  return isSigned ? parsePart(claims, Claims) : null;
}

/**
 * Throws `unauthenticated` unless QStash has signed exactly this body for our route, and now: `Upstash-Signature`
 * is a JWT (HS256) over issuer, address, time and the hash of the body.
 */
export function requireQstashSignature(headers: Headers, body: string): void {
  const keys = getEnv().qstash?.signingKeys ?? [];
  const claims = claimsOf(headers.get('upstash-signature') ?? '', keys);
  const nowSeconds = Date.now() / 1000;
  const isGood =
    claims !== null &&
    claims.sub === deadlineUrl() &&
    nowSeconds < claims.exp + TOLERANCE_SECONDS &&
    nowSeconds > claims.nbf - TOLERANCE_SECONDS &&
    same(claims.body.replace(/=+$/, ''), sha256(body).toString('base64url'));
  if (!isGood) throw new AppError('unauthenticated', { message: 'This is for signed messages of QStash.' });
}
