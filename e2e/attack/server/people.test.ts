import { expect, test } from 'vitest';
import { authCookieName } from '@/lib/server/auth/cookies';
import { sessionCookieName } from './people.ts';

test('the attackers’ cookie has the name that the server reads', () => {
  const secret = 'a-secret-of-more-than-32-characters';
  process.env.AUTH_SECRET = secret;
  process.env.NEXTAUTH_URL = 'http://localhost:3000';
  expect(sessionCookieName(secret)).toBe(authCookieName('session'));
});
