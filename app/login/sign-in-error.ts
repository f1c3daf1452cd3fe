const ERRORS: Record<string, string> = {
  AccessDenied: 'This account may not sign in here. Try another one.',
  Configuration: 'Sign-in is not set up correctly on this site. Whoever runs it finds the reason in the log.',
  CredentialsSignin: 'The guest visit could not be started. Please try again.',
  OAuthAccountNotLinked:
    'This e-mail address belongs to another way of signing in. Use the one you used before.',
  OAuthCallback: 'The sign-in was not finished. Please try again.',
  Callback: 'The sign-in was not finished. Please try again.',
  OAuthSignin: 'The sign-in service could not be reached. Please try again, or choose another way.',
  SessionRequired: 'Please sign in to see that page.',
};

/** What went wrong, in words, for next-auth's error code; `null` when nothing did. */
export function signInError(code: string | string[] | undefined): string | null {
  if (code === undefined) return null;
  return (typeof code === 'string' && ERRORS[code]) || 'Signing in did not work. Please try again.';
}
