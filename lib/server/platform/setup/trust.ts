// Tested in auth/connect-mode.test.
import 'server-only';
import type { Variables } from '@/lib/server/platform/env-schema';
import type { ClaimRule } from '@/lib/server/platform/setup/sign-in-variables';

type Connect = 'direct' | 'relay';

/** The people who may sign in. Whoever is in one of these lists may. */
export interface AllowList {
  /** In lower case. */
  emails: readonly string[];
  /** Of e-mail addresses, in lower case. */
  domains: readonly string[];
  /** What a provider must vouch for: see `Membership`. */
  memberships: readonly Membership[];
}

/**
 * Something that a provider says about an account, and that a setting names: an organisation at GitHub, a Workspace
 * organisation at Google, a claim of the company's own provider with its value.
 */
export type Membership = `github:${string}` | `google:${string}` | `oidc:${string}=${string}`;

/** Returns what an account must have to satisfy the rule. One of them is enough. */
export const listMemberships = (rule: ClaimRule | undefined): Membership[] =>
  rule ? rule.values.map((value): Membership => `oidc:${rule.claim}=${value}`) : [];

/** Returns the list of those who may sign in. `null`: everyone with an account of a configured provider may. */
export function readAllowList(v: Variables): AllowList | null {
  const { AUTH_ALLOWED_EMAILS: emails, AUTH_ALLOWED_DOMAINS: domains } = v;
  const memberships: Membership[] = [
    ...(v.AUTH_ALLOWED_GITHUB_ORG ? [`github:${v.AUTH_ALLOWED_GITHUB_ORG.toLowerCase()}` as const] : []),
    ...v.AUTH_ALLOWED_GOOGLE_DOMAINS.map((domain) => `google:${domain}` as const),
    ...listMemberships(v.AUTH_OIDC_ALLOWED_CLAIM),
  ];
  return [emails, domains, memberships].every(isNone) ? null : { emails, domains, memberships };
}

interface Surroundings {
  /** The agent is the offline sandbox: a call costs nothing. */
  sandbox: boolean;
  /** Nobody but the developer reaches this server. */
  ownMachine: boolean;
}

/**
 * Returns who posts the SDP offer of a call: the browser, with a secret of the provider, or this server. One secret
 * opens several calls, and this server learns only of those that are reported. So only people whom the site's owner
 * knows get one by default: administrators, everyone on the allow-list, and whoever sits at the developer's own
 * machine. Strangers, which are guests and anyone with a free account, get one only if the owner takes the risk by name.
 */
export function readConnect(v: Variables, { sandbox, ownMachine }: Surroundings) {
  const free = sandbox || takesRisk(v);
  const connect = (isTrusted: boolean): Connect =>
    isTrusted && v.VOICE_CONNECT !== 'relay' ? 'direct' : 'relay';
  return {
    guest: connect(free),
    user: connect(free || ownMachine || readAllowList(v) !== null),
    admin: connect(true),
  };
}

/** Returns whether people can sign in with an account: everybody else is a guest. */
export const hasAccounts = (v: Variables): boolean =>
  [v.AUTH_GITHUB_ID, v.AUTH_GOOGLE_ID, v.AUTH_OIDC_ISSUER].some(Boolean);

const takesRisk = (v: Variables) =>
  v.VOICE_CONNECT === 'direct' && v.VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK;

const isNone = (list: readonly unknown[]) => list.length === 0;

/**
 * Returns one sentence for each setting of trust that its owner should know the meaning of. For the start log and the
 * setup page.
 */
export function listTrustNotes(v: Variables, { ownMachine }: Surroundings): string[] {
  const notes: string[] = [];
  const isOpen = v.AUTH_GUEST === true || (readAllowList(v) === null && !ownMachine);
  if (isOpen && takesRisk(v)) {
    notes.push(
      'Strangers connect directly: with one secret anyone can open many calls that no limit of this site sees or ends, and you pay for them.',
    );
  } else if (isOpen && v.VOICE_CONNECT === 'direct') {
    notes.push(
      'VOICE_CONNECT=direct does not count for strangers, who are relayed: close the sign-in with AUTH_ALLOWED_EMAILS, AUTH_ALLOWED_DOMAINS or another of docs/sign-in.md, or take the risk with VOICE_ALLOW_DIRECT_STRANGERS_AT_MY_OWN_RISK=true.',
    );
  }
  if (v.AUTH_OIDC_TRUST_EMAIL) {
    notes.push(
      'AUTH_OIDC_TRUST_EMAIL=true: whoever may write addresses at the provider of AUTH_OIDC_ISSUER can make an account a listed person, or an administrator, of this site.',
    );
  }
  if (!isNone(v.AUTH_ALLOWED_DOMAINS) && v.AUTH_GITHUB_ID) {
    notes.push(
      'GitHub does not ask again whether an address still belongs to its account: who has left one of AUTH_ALLOWED_DOMAINS keeps access through GitHub as long as the address stays there.',
    );
  }
  return notes;
}
