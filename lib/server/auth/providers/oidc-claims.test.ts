import { describe, expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { findClaim, mergeClaims, nameOf, OidcClaims, type OidcSettings, vouchOidc } from './oidc-claims';

const settings = (env: Record<string, string>): OidcSettings => {
  const client = { AUTH_OIDC_ISSUER: 'https://id.example', AUTH_OIDC_ID: 'id', AUTH_OIDC_SECRET: 'secret' };
  const { oidc } = readEnv({ ...client, ...env }).auth;
  if (!oidc) throw new Error('no provider');
  return oidc;
};

describe('the address', () => {
  const address = { sub: '1', email: 'ann@example.com' };
  test.each<[string, object, boolean, string | null]>([
    ['verified', { email_verified: true }, false, 'ann@example.com'],
    ['verified, in words', { email_verified: 'true' }, false, 'ann@example.com'],
    ['not verified', { email_verified: false }, false, null],
    ['not verified, in words', { email_verified: 'false' }, false, null],
    ['without a word on it', {}, false, null],
    ['without a word on it, where the owner trusts the provider', {}, true, 'ann@example.com'],
    ['not verified, where the owner trusts the provider', { email_verified: false }, true, null],
    ['of another form', { email: ['ann@example.com'], email_verified: true }, true, null],
    ['none', { email: undefined, email_verified: true }, true, null],
    ['two in one', { email: 'ann@example.com bob@example.com', email_verified: true }, false, null],
  ])('%s', (_, claims, trusts, expected) => {
    const oidc = settings({ AUTH_OIDC_TRUST_EMAIL: String(trusts) });
    expect(vouchOidc({ ...address, ...claims }, oidc).verifiedEmail).toBe(expected);
  });
});

describe('ID token and userinfo together', () => {
  const idToken = { sub: '1', email: 'ann@example.com', email_verified: true, groups: ['old'] };
  test('what userinfo says is newer', () => {
    expect(mergeClaims(idToken, { sub: '1', name: 'Ann', groups: ['new'] })).toEqual({
      sub: '1',
      email: 'ann@example.com',
      email_verified: true,
      groups: ['new'],
      name: 'Ann',
    });
  });

  test('the mark of one address does not pass to another', () => {
    expect(mergeClaims(idToken, { sub: '1', email: 'boss@example.com' })).not.toHaveProperty(
      'email_verified',
    );
  });

  test('a userinfo without addresses leaves the one of the ID token as it is', () => {
    expect(mergeClaims(idToken, { sub: '1' })).toEqual(idToken);
  });
});

describe('a claim is found', () => {
  test.each<[string, unknown, string, unknown]>([
    ['by its name', { groups: ['a'] }, 'groups', ['a']],
    ['by a path', { realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']],
    ['by a name with dots', { 'https://acme.example/roles': ['a'] }, 'https://acme.example/roles', ['a']],
    [
      'below a name with dots',
      { resource_access: { 'voice.acme.example': { roles: ['a'] } } },
      'resource_access.voice.acme.example.roles',
      ['a'],
    ],
    ['nowhere', { groups: ['a'] }, 'roles', undefined],
    ['nowhere in what every object has', {}, 'constructor.name', undefined],
    ['nowhere in a list', { groups: ['a'] }, 'groups.0', undefined],
  ])('%s', (_, claims, name, expected) => {
    expect(findClaim(claims, name)).toEqual(expected);
  });
});

describe('a group', () => {
  const memberships = (rule: string, claims: object) =>
    vouchOidc({ sub: '1', ...claims }, settings({ AUTH_OIDC_ALLOWED_CLAIM: rule })).memberships;

  test.each<[string, string, object, string[]]>([
    ['in a list', 'groups=voice', { groups: ['all', 'voice'] }, ['oidc:groups=voice']],
    ['as text', 'department=voice', { department: 'voice' }, ['oidc:department=voice']],
    ['as a number', 'tenant=7', { tenant: 7 }, ['oidc:tenant=7']],
    [
      'one of two, with spaces',
      'groups=Voice Users|Admins',
      { groups: ['Voice Users'] },
      ['oidc:groups=Voice Users'],
    ],
    [
      'with an equals sign',
      'groups=CN=Voice,OU=x',
      { groups: ['CN=Voice,OU=x'] },
      ['oidc:groups=CN=Voice,OU=x'],
    ],
    ['another one', 'groups=voice', { groups: ['voices', 'Voice', 'voice '] }, []],
    ['a part of a text', 'groups=voice', { groups: 'all voice' }, []],
    ['none', 'groups=voice', {}, []],
    ['of another form', 'groups=voice', { groups: { voice: true } }, []],
    ['the word for nothing', 'groups=null', { groups: [null, undefined] }, []],
  ])('%s', (_, rule, claims, expected) => {
    expect(memberships(rule, claims)).toEqual(expected);
  });

  test('groups that the provider left out are a doubt, not a no', () => {
    const overage = {
      sub: '1',
      _claim_names: { groups: 'src1' },
      _claim_sources: { src1: { endpoint: 'https://…' } },
    };
    expect(vouchOidc(overage, settings({ AUTH_OIDC_ALLOWED_CLAIM: 'groups=voice' }))).toEqual({
      verifiedEmail: null,
      memberships: [],
      doubt: 'groups_left_out',
    });
    expect(vouchOidc(overage, settings({ AUTH_OIDC_ALLOWED_CLAIM: 'roles=voice' })).doubt).toBeNull();
  });
});

test.each<[object, string]>([
  [{ name: 'Ann Lee', preferred_username: 'ann' }, 'Ann Lee'],
  [{ name: ' ', preferred_username: 'ann' }, 'ann'],
  [{ name: 7, nickname: 'Annie' }, 'Annie'],
  [{}, 'Member'],
])('the name of %j is %s', (claims, name) => {
  expect(nameOf({ sub: '1', ...claims })).toBe(name);
});

test.each<[string, boolean]>([
  ['auth0|123', true],
  ['a:b/c', true],
  ['x'.repeat(255), true],
  ['x'.repeat(256), false],
  ['', false],
  ['a b', false],
  ['a\nb', false],
  ['ä', false],
])('the sub %j is usable: %s', (sub, usable) => {
  expect(OidcClaims.safeParse({ sub }).success).toBe(usable);
});
