import 'server-only';
import { decode, encode, type JWT } from 'next-auth/jwt';
import { z } from 'zod';
import { type Permission, type User, userOf } from '@/lib/server/auth/user';
import { clientNetwork } from '@/lib/server/http/client-network';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import type { AccessToken } from '@/lib/shared/contract';
import { UserId } from '@/lib/shared/ids';

const LIFETIME_SECONDS = 15 * 60;
const ISSUER = 'parley';
const AUDIENCE = 'parley:voice-api';
/** What a token may do at most: talk. Nothing that an administrator may. */
const SCOPE = ['voice:connect'] as const satisfies readonly Permission[];
/** Gives these tokens a key of their own: none passes for a sign-in cookie, and no cookie for one of these. */
const SALT = 'parley voice api';

const Claims = z.object({
  id: UserId,
  name: z.string().default('Guest'),
  verifiedEmail: z.string().nullable().default(null),
  permissions: z.array(z.enum(SCOPE)),
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  // The library lets a token without it live for ever.
  exp: z.number(),
});

function secretOf(): string {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return secret;
}

/**
 * A token with which a native app calls the voice routes as this person, for a quarter of an hour: a JWT of next-auth
 * under `AUTH_SECRET`, for this API only. `signIn` are the claims of the sign-in cookie. Throws `not_configured`.
 */
export async function issueAccessToken(signIn: JWT): Promise<AccessToken> {
  const { id, name, verifiedEmail } = signIn;
  const claims = { id, name, verifiedEmail, permissions: SCOPE, iss: ISSUER, aud: AUDIENCE };
  const expiresAtMs = Date.now() + LIFETIME_SECONDS * 1000;
  const token = await encode({
    token: claims as JWT,
    secret: secretOf(),
    salt: SALT,
    maxAge: LIFETIME_SECONDS,
  });
  return { token, expiresAt: new Date(expiresAtMs).toISOString() };
}

/**
 * The person whom an access token names. Role and permissions are worked out afresh, and cut down to the token's.
 * Throws `unauthenticated` for a token that is forged, expired, or meant for anything else.
 */
export async function requireTokenUser(token: string, headers: Headers): Promise<User> {
  const decoded = await decode({ token, secret: secretOf(), salt: SALT }).catch(() => null);
  const claims = Claims.safeParse(decoded);
  const user = claims.success ? userOf(claims.data, clientNetwork(headers)) : null;
  if (!claims.success || !user) {
    throw new AppError('unauthenticated', {
      message: 'The access token is not valid, or has expired. Get a new one from POST /api/voice/token.',
    });
  }
  const allowed: readonly Permission[] = claims.data.permissions;
  return { ...user, permissions: user.permissions.filter((permission) => allowed.includes(permission)) };
}
