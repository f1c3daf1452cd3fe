import { describe, expect, test } from 'vitest';
import { primaryVerifiedEmail, verifiedEmail } from '@/lib/server/auth/verified-email';

const email = (fields: object) => ({ email: 'ann@example.com', primary: true, verified: true, ...fields });

describe('GitHub', () => {
  test.each<[string, unknown, string | null]>([
    [
      'the primary address',
      [email({}), email({ email: 'b@example.com', primary: false })],
      'ann@example.com',
    ],
    ['an address that is not verified', [email({ verified: false })], null],
    ['another address than the primary one', [email({ primary: false })], null],
    ['no address', [], null],
    ['an error', { message: 'Bad credentials' }, null],
  ])('%s', (_, body, expected) => {
    expect(primaryVerifiedEmail(body)).toBe(expected);
  });
});

describe('Google', () => {
  const account = { provider: 'google', providerAccountId: '1', type: 'oauth' as const };
  test.each<[object | undefined, string | null]>([
    [{ email: 'ann@example.com', email_verified: true }, 'ann@example.com'],
    [{ email: 'ann@example.com', email_verified: false }, null],
    [{ email: 'ann@example.com' }, null],
    [undefined, null],
  ])('%j', async (profile, expected) => {
    expect(await verifiedEmail(account, profile)).toBe(expected);
  });
});

test('a guest has none', async () => {
  const account = { provider: 'guest', providerAccountId: '1', type: 'credentials' as const };
  expect(await verifiedEmail(account, { email: 'ann@example.com' })).toBeNull();
});
