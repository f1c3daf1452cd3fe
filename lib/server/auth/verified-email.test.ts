import { describe, expect, test, vi } from 'vitest';
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
    [{ email: 'ann@gmail.com', email_verified: true }, 'ann@gmail.com'],
    [{ email: 'ann@example.com', email_verified: true, hd: 'example.com' }, 'ann@example.com'],
    [{ email: 'Ann@Example.com', email_verified: true, hd: 'example.com' }, 'Ann@Example.com'],
    // A Google account under an address of elsewhere: its owner may have lost the mailbox since.
    [{ email: 'ann@example.com', email_verified: true }, null],
    [{ email: 'ann@example.com', email_verified: true, hd: 'other.example' }, null],
    [{ email: 'ann@evil.example@gmail.com.evil.example', email_verified: true }, null],
    [{ email: 'ann@gmail.com', email_verified: false }, null],
    [{ email: 'ann@gmail.com' }, null],
    [undefined, null],
  ])('%j', async (profile, expected) => {
    expect(await verifiedEmail(account, profile)).toBe(expected);
  });
});

test('GitHub is asked once in one sign-in', async () => {
  const github = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json([email({})]));
  const account = {
    provider: 'github',
    providerAccountId: '1',
    type: 'oauth' as const,
    access_token: 'gho_1',
  };
  expect(await verifiedEmail(account, undefined)).toBe('ann@example.com');
  expect(await verifiedEmail(account, undefined)).toBe('ann@example.com');
  expect(github).toHaveBeenCalledTimes(1);
  github.mockRestore();
});

test('a guest has none', async () => {
  const account = { provider: 'guest', providerAccountId: '1', type: 'credentials' as const };
  expect(await verifiedEmail(account, { email: 'ann@example.com' })).toBeNull();
});
