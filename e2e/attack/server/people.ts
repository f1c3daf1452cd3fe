import { createHash, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';

export interface Person {
  id: string;
  /** The whole `Cookie` header. */
  cookie: string;
}

const authSecret = (): string => process.env.AUTH_SECRET ?? '';

/** The sign-in cookie's name, worked out as `lib/server/auth/cookies.ts` does. */
const cookieName = (): string => {
  const clone = createHash('sha256').update(`cookie-name\n${authSecret()}`).digest('hex').slice(0, 8);
  return `parley-${clone}.session`;
};

interface TokenOptions {
  claims?: object;
  /** Seconds; negative: expired already. */
  maxAge?: number;
  secret?: string;
}

/** The sign-in token of a person, as next-auth makes it; the options forge a bad one. */
export const tokenOf = (
  id: string,
  { claims = {}, maxAge = 3600, secret = authSecret() }: TokenOptions = {},
) => encode({ token: { id, name: 'Ann', verifiedEmail: null, ...claims }, secret, maxAge });

export const cookieOf = (token: string): string => `${cookieName()}=${token}`;

/** A signed-in person whom the server has never seen. */
export async function newPerson(claims: object = {}): Promise<Person> {
  const id = `github_${randomUUID()}`;
  return { id, cookie: cookieOf(await tokenOf(id, { claims })) };
}

export const newPeople = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => newPerson()));
