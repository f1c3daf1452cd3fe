// Tested in sign-in-variables.test.
import 'server-only';
import { z } from 'zod';
import { isLoopback } from '@/lib/server/platform/setup/loopback';

/** Algorithms by which a provider may sign an ID token: those with a key pair. */
export const ID_TOKEN_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const ISSUER_MAY_BE =
  'the https:// address of one issuer, without /.well-known/… (http:// on this machine only)';

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search, hash, username } = new URL(value);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && !pathname.includes('/.well-known') && !search && !hash && !username;
}

/** The address by which an OpenID provider calls itself, without a trailing slash. */
export const issuer = z
  .string()
  .refine(isIssuer, ISSUER_MAY_BE)
  .transform((value) => value.replace(/\/+$/, ''));

/** What a claim must hold. One of the values is enough. */
export interface ClaimRule {
  /** Its name, or its path: `groups`, `realm_access.roles`, `https://example.com/roles`. */
  claim: string;
  values: readonly string[];
}

const RULE_MAY_BE = 'a claim and its value, such as groups=voice-users, or groups=one|other for either';

/** A claim and what it must hold. Names of claims hold colons and dots, but no `=`; values may hold one. */
export const claimRule = z
  .string()
  .max(500, RULE_MAY_BE)
  .regex(/^[^=|\s]+=[^|]*[^|\s][^|]*(\|[^|]*[^|\s][^|]*)*$/, RULE_MAY_BE)
  .transform((text): ClaimRule => {
    const at = text.indexOf('=');
    const values = text.slice(at + 1).split('|');
    return { claim: text.slice(0, at), values: values.map((value) => value.trim()) };
  });

/** Scopes separated by spaces: RFC 6749, section 3.3. */
export const scopes = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+( +[\x21\x23-\x5b\x5d-\x7e]+)*$/,
    'scopes separated by spaces, such as groups',
  )
  .transform((text) => text.split(/ +/));

type Given = Readonly<Record<string, string | undefined>>;

/** Variables that mean something only beside another one. */
const NEEDED: readonly [name: string, needs: string][] = [
  ['AUTH_OIDC_ID', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_SECRET', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_NAME', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_SCOPE', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_ALG', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_TRUST_EMAIL', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_ALLOWED_CLAIM', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_ADMIN_CLAIM', 'AUTH_OIDC_ISSUER'],
  ['AUTH_OIDC_ISSUER', 'AUTH_OIDC_ID'],
  ['AUTH_OIDC_ISSUER', 'AUTH_OIDC_SECRET'],
  ['AUTH_ALLOWED_GITHUB_ORG', 'AUTH_GITHUB_ID'],
  ['AUTH_ALLOWED_GOOGLE_DOMAINS', 'AUTH_GOOGLE_ID'],
];

/** Microsoft's addresses for everybody: any tenant's administrator could vouch for any address, and for any group. */
const OF_ALL_TENANTS = /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)(\/|$)/;

const CLOSES_SIGN_IN = /^AUTH_(ALLOWED_|OIDC_ALLOWED_)/;

/** Returns one sentence for each setting of the sign-in that contradicts another. */
export function findSignInProblems(given: Given): string[] {
  const problems = NEEDED.filter(
    ([name, needs]) => given[name] !== undefined && given[needs] === undefined,
  ).map(([name, needs]) => `${name} is set, but ${needs} is not: set both or neither.`);
  if (OF_ALL_TENANTS.test(given.AUTH_OIDC_ISSUER ?? '')) {
    problems.push(
      'AUTH_OIDC_ISSUER lets in the accounts of every company at Microsoft: put the id of your tenant in the place of common, organizations or consumers.',
    );
  }
  const closedBy = Object.keys(given).find((name) => CLOSES_SIGN_IN.test(name) && given[name] !== undefined);
  if (closedBy && /^(1|true)$/.test(given.AUTH_GUEST ?? '')) {
    problems.push(`AUTH_GUEST lets anyone in, but ${closedBy} closes the sign-in: set one of the two.`);
  }
  return problems;
}
