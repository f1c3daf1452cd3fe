import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';

const OIDC = { AUTH_OIDC_ISSUER: 'https://id.example/', AUTH_OIDC_ID: 'id', AUTH_OIDC_SECRET: 'secret' };

test('three variables are enough', () => {
  expect(readEnv(OIDC).auth.oidc).toEqual({
    issuer: 'https://id.example',
    id: 'id',
    secret: 'secret',
    name: 'your company account',
    scope: ['openid', 'email', 'profile'],
    algorithm: 'RS256',
    trustEmail: false,
    rules: [],
  });
});

test('a deployed site with nothing else has a way in', () => {
  expect(readEnv({ ...OIDC, NODE_ENV: 'production' }).missing).not.toContain('AUTH_GITHUB_ID');
});

describe('the start is refused', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'a secret alone',
      { AUTH_OIDC_SECRET: 'x' },
      'AUTH_OIDC_SECRET is set, but AUTH_OIDC_ISSUER is not: set both or neither.',
    ],
    [
      'an issuer without a secret',
      { AUTH_OIDC_ISSUER: 'https://id.example', AUTH_OIDC_ID: 'id' },
      'AUTH_OIDC_ISSUER is set, but AUTH_OIDC_SECRET is not',
    ],
    [
      'a claim that nobody could have',
      { AUTH_OIDC_ALLOWED_CLAIM: 'groups=a' },
      'AUTH_OIDC_ALLOWED_CLAIM is set, but AUTH_OIDC_ISSUER is not',
    ],
    [
      'an organisation without GitHub',
      { AUTH_ALLOWED_GITHUB_ORG: 'acme' },
      'AUTH_ALLOWED_GITHUB_ORG is set, but AUTH_GITHUB_ID is not',
    ],
    [
      'a hosted domain without Google',
      { AUTH_ALLOWED_GOOGLE_DOMAINS: 'acme.example' },
      'AUTH_ALLOWED_GOOGLE_DOMAINS is set, but AUTH_GOOGLE_ID is not',
    ],
    [
      'guests beside a list',
      { AUTH_GUEST: 'true', AUTH_ALLOWED_DOMAINS: 'acme.example' },
      'AUTH_GUEST lets anyone in, but AUTH_ALLOWED_DOMAINS closes the sign-in: set one of the two.',
    ],
    [
      'guests beside a group',
      { ...OIDC, AUTH_GUEST: '1', AUTH_OIDC_ALLOWED_CLAIM: 'groups=a' },
      'AUTH_GUEST lets anyone in, but AUTH_OIDC_ALLOWED_CLAIM closes the sign-in',
    ],
    [
      'everybody at Microsoft',
      { ...OIDC, AUTH_OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' },
      'AUTH_OIDC_ISSUER lets in the accounts of every company at Microsoft',
    ],
    [
      'plain HTTP over the network',
      { ...OIDC, AUTH_OIDC_ISSUER: 'http://id.example' },
      'AUTH_OIDC_ISSUER is "http://id.example", but must be the https:// address of one issuer',
    ],
    [
      'the address of the discovery document',
      { ...OIDC, AUTH_OIDC_ISSUER: 'https://id.example/.well-known/openid-configuration' },
      'without /.well-known/',
    ],
    [
      'a rule without a value',
      { ...OIDC, AUTH_OIDC_ADMIN_CLAIM: 'groups' },
      'AUTH_OIDC_ADMIN_CLAIM is "groups"',
    ],
    ['a rule with an empty value', { ...OIDC, AUTH_OIDC_ADMIN_CLAIM: 'groups=a|' }, 'AUTH_OIDC_ADMIN_CLAIM'],
    ['a signature without a key pair', { ...OIDC, AUTH_OIDC_ALG: 'HS256' }, 'AUTH_OIDC_ALG is "HS256"'],
    ['a sign-in of more than a week', { AUTH_SIGN_IN_HOURS: '169' }, 'AUTH_SIGN_IN_HOURS is "169"'],
  ])('for %s', (_, env, sentence) => {
    expect(() => readEnv(env)).toThrow(sentence);
  });

  test('never with the secret in the message', () => {
    expect(() => readEnv({ ...OIDC, AUTH_OIDC_SECRET: `canary${'x'.repeat(500)}` })).toThrow(
      /not shown here/,
    );
  });
});

test.each([
  ['groups=voice', { claim: 'groups', values: ['voice'] }],
  ['groups= Voice Users | Admins', { claim: 'groups', values: ['Voice Users', 'Admins'] }],
  ['https://acme.example/roles=a', { claim: 'https://acme.example/roles', values: ['a'] }],
  ['groups=CN=Voice,OU=x', { claim: 'groups', values: ['CN=Voice,OU=x'] }],
])('%s is understood', (text, rule) => {
  expect(readEnv({ ...OIDC, AUTH_OIDC_ALLOWED_CLAIM: text }).auth.oidc?.rules).toEqual([rule]);
});
