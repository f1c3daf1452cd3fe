import 'server-only';
import { decode, encode, type JWT } from 'next-auth/jwt';
import { z } from 'zod';
import { type Permission, toUser, type User, vouchedIn } from '@/lib/server/auth/user';
import { clientNetwork } from '@/lib/server/http/client-network';
import { AppError } from '@/lib/server/platform/app-error';
import { getEnv } from '@/lib/server/platform/env';
import type { Membership } from '@/lib/server/platform/setup/trust';
import type { AccessToken } from '@/lib/shared/contract';
import { UserId } from '@/lib/shared/ids';

const LIFETIME_SECONDS = 15 * 60;
const ISSUER = 'parley';
const AUDIENCE = 'parley:voice-api';
/** The most that a token allows: to talk. Nothing that needs an administrator. */
const SCOPE = ['voice:connect'] as const satisfies readonly Permission[];
/** Gives these tokens a key of their own: no token passes for a sign-in cookie, and no cookie for a token. */
const SALT = 'parley voice api';

const Claims = z.object({
  id: UserId,
  name: z.string().default('Guest'),
  verifiedEmail: z.string().nullable().default(null),
  memberships: z.array(z.custom<Membership>((value) => typeof value === 'string')).default([]),
  permissions: z.array(z.enum(SCOPE)),
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  // The library accepts a token without it for ever.
  exp: z.number(),
});

function requireSecret(): string {
  const { secret } = getEnv().auth;
  if (!secret) throw new AppError('not_configured');
  return secret;
}

/**
 * Returns a token with which a native app calls the voice routes as this user for a quarter of an hour: a JWT of
 * next-auth under `AUTH_SECRET`, for this API only. `signIn` holds the claims of the sign-in cookie.
 * Throws `not_configured`.
 */
export async function issueAccessToken(signIn: JWT): Promise<AccessToken> {
  const { id, name } = signIn;
  const claims = { id, name, ...vouchedIn(signIn), permissions: SCOPE, iss: ISSUER, aud: AUDIENCE };
  const expiresAtMs = Date.now() + LIFETIME_SECONDS * 1000;
  const token = await encode({
    token: claims as JWT,
    secret: requireSecret(),
    salt: SALT,
    maxAge: LIFETIME_SECONDS,
  });
  return { token, expiresAt: new Date(expiresAtMs).toISOString() };
}

/**
 * Returns the user that an access token names. Role and permissions are recomputed, then reduced to the token's scope.
 * Throws `unauthenticated` for a token that is forged, expired or meant for anything else.
 */
export async function requireTokenUser(token: string, headers: Headers): Promise<User> {
  const decoded = await decode({ token, secret: requireSecret(), salt: SALT }).catch(() => null);
  const claims = Claims.safeParse(decoded);
  const user = claims.success ? toUser(claims.data, clientNetwork(headers)) : null;
  if (!claims.success || !user) {
    throw new AppError('unauthenticated', {
      message: 'The access token is not valid, or has expired. Get a new one from POST /api/voice/token.',
    });
  }
  const allowed: readonly Permission[] = claims.data.permissions;
  return { ...user, permissions: user.permissions.filter((permission) => allowed.includes(permission)) };
}
