// Tested in e2e/sign-in and e2e/call/access.spec.
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GithubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { githubScope } from '@/lib/server/auth/providers/github';
import { googleHint } from '@/lib/server/auth/providers/google';
import { oidcProvider } from '@/lib/server/auth/providers/oidc';
import { getEnv } from '@/lib/server/platform/env';

/** Each sign-in as a guest is a new user. */
const guestProvider = () =>
  CredentialsProvider({
    id: 'guest',
    name: 'Guest',
    credentials: {},
    authorize: () => ({ id: randomUUID(), name: 'Guest' }),
  });

/** Returns the configured providers for next-auth. */
export function listProviders(): AuthOptions['providers'] {
  const { auth } = getEnv();
  const { guest, github, google, oidc, allowed } = auth;
  const githubParams = { scope: githubScope(allowed?.memberships ?? []) };
  const googleParams = { scope: 'openid email profile', ...googleHint(auth) };
  return [
    ...(oidc ? [oidcProvider(oidc)] : []),
    ...(guest ? [guestProvider()] : []),
    ...(github
      ? [
          GithubProvider({
            clientId: github.id,
            clientSecret: github.secret,
            authorization: { params: githubParams },
          }),
        ]
      : []),
    ...(google
      ? [
          GoogleProvider({
            clientId: google.id,
            clientSecret: google.secret,
            authorization: { params: googleParams },
            checks: ['pkce', 'state', 'nonce'],
          }),
        ]
      : []),
  ];
}

export interface SignInOption {
  /** The provider id for next-auth's `signIn()`. */
  id: 'oidc' | 'github' | 'google' | 'guest';
  label: string;
}

/** Returns the configured ways to sign in, for the login page. Empty: sign-in is not set up yet. */
export function signInOptions(): SignInOption[] {
  const { secret, guest, github, google, oidc } = getEnv().auth;
  if (!secret) return [];
  const options: (SignInOption | false)[] = [
    oidc !== null && { id: 'oidc', label: `Continue with ${oidc.name}` },
    github !== null && { id: 'github', label: 'Continue with GitHub' },
    google !== null && { id: 'google', label: 'Continue with Google' },
    guest && { id: 'guest', label: 'Continue as guest' },
  ];
  return options.filter((option) => option !== false);
}
