import type { AuthOptions } from 'next-auth';
import { toUserId } from '@/lib/server/auth/user';
import { endForSignOut } from '@/lib/server/endings/end-call';
import { afterResponse } from '@/lib/server/platform/background';
import { audit } from '@/lib/server/records/audit';
import { UserId } from '@/lib/shared/ids';

/** What else happens at a sign-in and a sign-out. The sign-out does not wait for the hang-up. */
export const signInEvents: NonNullable<AuthOptions['events']> = {
  signIn({ account }) {
    if (account) audit({ event: 'sign_in', userId: toUserId(account), provider: account.provider });
  },
  signOut({ token }) {
    const userId = UserId.safeParse(token?.id).data;
    if (userId) afterResponse('end call of signed-out', () => endForSignOut(userId));
  },
};

/** Records those of next-auth's errors that kept a user out. The others are about cookies and sessions. */
export function auditSignInError(code: string): void {
  if (/SIGNIN|CALLBACK|OAUTH/.test(code)) audit({ event: 'sign_in_failed', code: code.slice(0, 60) });
}
