/**
 * What a visitor is told after a sign-in that did not work: the `error` in the address of the sign-in page. Those that
 * next-auth has a name for keep it.
 */
export const SIGN_IN_REFUSALS = [
  'AccessDenied',
  'Configuration',
  'OAuthSignin',
  'OAuthCallback',
  /** The person said no at the provider, or the provider did. */
  'SignInDenied',
  /** Begun elsewhere or too long ago. */
  'SignInStale',
  /** The provider's one-use code was used already, or is too old. */
  'SignInUsed',
  /** The provider's answer did not pass the checks. */
  'AnswerRefused',
  /** The provider does not tell this site who belongs to the organisation. */
  'OrganisationHidden',
  /** The provider left out the groups, because there are too many. */
  'GroupsLeftOut',
] as const;
export type SignInRefusal = (typeof SIGN_IN_REFUSALS)[number];
