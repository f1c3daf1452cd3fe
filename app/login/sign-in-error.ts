const ERRORS: Record<string, string> = {
  AccessDenied:
    'This account may not use this site. Sign in with another one, or ask the site’s owner to let you in.',
  Configuration:
    'Sign-in isn’t set up correctly on this site. Its owner can find the reason in the server’s log.',
  CredentialsSignin: 'We couldn’t start a guest visit. Please try again.',
  OAuthAccountNotLinked:
    'This e-mail address already belongs to another way of signing in. Use that one instead.',
  OAuthCallback: 'Sign-in wasn’t completed. Please try again.',
  Callback: 'Sign-in wasn’t completed. Please try again.',
  OAuthSignin: 'We couldn’t reach the sign-in service. Please try again, or choose another way.',
  SessionRequired: 'Please sign in to see that page.',
};

/** Returns what went wrong, in words, for next-auth's error code; `null` without a code. */
export function signInError(code: string | string[] | undefined): string | null {
  if (code === undefined) return null;
  return (typeof code === 'string' && ERRORS[code]) || 'Sign-in didn’t work. Please try again.';
}
