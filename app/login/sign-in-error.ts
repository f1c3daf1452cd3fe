import type { SignInRefusal } from '@/lib/shared/sign-in-refusal';

const REFUSALS: Record<SignInRefusal, string> = {
  AccessDenied:
    'This account isn’t allowed on this site. Sign in with another one, or ask the site’s owner to let you in.',
  Configuration:
    'Sign-in isn’t set up correctly on this site. Its owner can find the reason in the server’s log.',
  OAuthSignin: 'We couldn’t reach the sign-in service. Please try again, or choose another way.',
  OAuthCallback: 'Sign-in wasn’t completed. Please try again.',
  SignInDenied:
    'The sign-in service didn’t let you in: it was cancelled there, or your account isn’t allowed there. You can try again.',
  SignInStale:
    'That sign-in took too long, or was started in another window. Please sign in again from this page.',
  SignInUsed: 'That sign-in has already been used, or came too late. Please sign in again.',
  AnswerRefused:
    'The sign-in service sent an answer that this site can’t accept. Its owner can find the reason in the server’s log.',
  OrganisationHidden:
    'GitHub doesn’t tell this site whether you belong to its organisation. An owner of the organisation has to approve this site there. Then sign in again.',
  GroupsLeftOut:
    'Your account is in so many groups that the sign-in service left them out, so we can’t see whether you may come in. The site’s owner can find the cure in the server’s log.',
};

/** Next-auth's own codes that none of ours replaces. */
const OTHERS: Readonly<Record<string, string>> = {
  CredentialsSignin: 'We couldn’t start a guest visit. Please try again.',
  Callback: 'Sign-in wasn’t completed. Please try again.',
  SessionRequired: 'Please sign in to see that page.',
};

const SENTENCES: ReadonlyMap<string, string> = new Map(Object.entries({ ...REFUSALS, ...OTHERS }));

/** Returns what went wrong, in words, for the code in the address; `null` without a code. */
export function signInError(code: string | string[] | undefined): string | null {
  if (code === undefined) return null;
  return SENTENCES.get(String(code)) ?? 'Sign-in didn’t work. Please try again.';
}
