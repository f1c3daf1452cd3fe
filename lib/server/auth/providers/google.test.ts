import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { googleHint, vouchedGoogleEmail, vouchGoogle } from './google';

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
])('the address in %j', (profile, expected) => {
  expect(vouchedGoogleEmail(profile)).toBe(expected);
});

describe('the Workspace organisation', () => {
  const wanted = ['google:acme.example', 'google:acme.org', 'github:acme'] as const;
  test.each<[string, object, string[]]>([
    ['an account of it', { hd: 'acme.example' }, ['google:acme.example']],
    ['in capitals', { hd: 'ACME.org' }, ['google:acme.org']],
    ['an account of another', { hd: 'evil.example' }, []],
    ['a sub-domain', { hd: 'a.acme.example' }, []],
    ['a private account under an address of the domain', {}, []],
    ['an account that is not verified', { hd: 'acme.example', email_verified: false }, []],
  ])('%s', (_, claims, memberships) => {
    const account = { email: 'ann@acme.example', email_verified: true, ...claims };
    expect(vouchGoogle(account, wanted).memberships).toEqual(memberships);
  });

  const GOOGLE = { AUTH_GOOGLE_ID: 'id', AUTH_GOOGLE_SECRET: 'secret' };
  test.each<[string, Record<string, string>, object]>([
    ['nothing, without an organisation', {}, {}],
    ['the one domain', { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example' }, { hd: 'acme.example' }],
    ['any organisation, for two', { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example, acme.org' }, { hd: '*' }],
    [
      'the one domain, where the administrator is of it',
      { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example', ADMIN_EMAILS: 'boss@acme.example' },
      { hd: 'acme.example' },
    ],
    [
      'nothing, where someone else may come in as well',
      { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example', AUTH_ALLOWED_EMAILS: 'ann@gmail.com' },
      {},
    ],
    [
      'nothing, where the administrator is of elsewhere',
      { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example', ADMIN_EMAILS: 'boss@notacme.example' },
      {},
    ],
  ])('Google’s page offers %s', (_, env, hint) => {
    expect(googleHint(readEnv({ ...GOOGLE, ...env }).auth)).toEqual(hint);
  });
});
