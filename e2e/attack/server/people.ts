import { createHash, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';

export interface Person {
  id: string;
  /** The whole `Cookie` header. */
  cookie: string;
}

const authSecret = (): string => process.env.AUTH_SECRET ?? '';

/**
 * Returns the name of the sign-in cookie over HTTP, computed as `lib/server/auth/cookies.ts` does. Playwright cannot
 * load that file; `people.test.ts` holds the two together.
 */
export function sessionCookieName(secret: string): string {
  const clone = createHash('sha256').update(`cookie-name\n${secret}`).digest('hex').slice(0, 8);
  return `parley-${clone}.session`;
}

interface TokenOptions {
  claims?: object;
  /** Seconds; negative: expired already. */
  maxAge?: number;
  secret?: string;
}

/** Returns a user's sign-in token, as next-auth makes it; the options forge a bad one. */
export const tokenOf = (
  id: string,
  { claims = {}, maxAge = 3600, secret = authSecret() }: TokenOptions = {},
) => encode({ token: { id, name: 'Ann', verifiedEmail: null, ...claims }, secret, maxAge });

export const cookieOf = (token: string): string => `${sessionCookieName(authSecret())}=${token}`;

/** Returns a signed-in user whom the server has never seen. */
export async function newPerson(claims: object = {}): Promise<Person> {
  const id = `github_${randomUUID()}`;
  return { id, cookie: cookieOf(await tokenOf(id, { claims })) };
}

/** Returns a new guest, as a user who clears the cookies becomes. */
export async function newGuest(): Promise<Person> {
  const id = `guest_${randomUUID()}`;
  return { id, cookie: cookieOf(await tokenOf(id)) };
}

export const newPeople = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => newPerson()));
