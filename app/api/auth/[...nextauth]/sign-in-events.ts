import type { AuthOptions } from 'next-auth';
import type { SignInCause } from '@/lib/server/auth/sign-in/cause';
import { GUEST_ID_PREFIX, toUserId } from '@/lib/server/auth/user';
import { endForSignOut } from '@/lib/server/endings/end-call';
import { eraseCalls } from '@/lib/server/personal-data/erase-data';
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
    if (!userId) return;
    // A guest cannot come back, so nobody could read or delete these any longer. The account menu says so.
    if (userId.startsWith(GUEST_ID_PREFIX)) afterResponse('erase calls of guest', () => eraseCalls(userId));
    else afterResponse('end call of signed-out', () => endForSignOut(userId));
  },
};

/** Records those of next-auth's errors that kept a user out, with the cause. */
export function auditSignInError(code: string, cause: SignInCause | null): void {
  if (cause !== null) audit({ event: 'sign_in_failed', code: code.slice(0, 60), cause });
}
