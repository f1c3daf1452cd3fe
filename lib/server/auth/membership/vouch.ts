import 'server-only';
import type { Account, Profile } from 'next-auth';
import type { ProviderWord } from '@/lib/server/auth/membership/allow-list';
import { vouchGithub } from '@/lib/server/auth/providers/github';
import { vouchGoogle } from '@/lib/server/auth/providers/google';
import { vouchOidc } from '@/lib/server/auth/providers/oidc-claims';
import { getEnv } from '@/lib/server/platform/env';

const NOTHING: ProviderWord = { verifiedEmail: null, memberships: [], doubt: null };

async function ask(account: Account, profile: Profile | undefined): Promise<ProviderWord> {
  const { allowed, oidc } = getEnv().auth;
  switch (account.provider) {
    case 'github':
      return account.access_token ? vouchGithub(account.access_token, allowed?.memberships ?? []) : NOTHING;
    case 'google':
      return { ...vouchGoogle(profile, allowed?.memberships ?? []), doubt: null };
    case 'oidc':
      return oidc ? vouchOidc(profile, oidc) : NOTHING;
    default:
      return NOTHING;
  }
}

/** One sign-in asks twice, whether it is let in and for its token. A provider is asked once. */
const asked = new WeakMap<Account, Promise<ProviderWord>>();

/**
 * Returns what the provider vouches for of a user who just signed in. Administrators and the people on the allow-list
 * are recognised by it, so what an account only claims does not count.
 */
export async function vouch(account: Account, profile: Profile | undefined): Promise<ProviderWord> {
  const answer = asked.get(account) ?? ask(account, profile);
  asked.set(account, answer);
  return answer;
}
