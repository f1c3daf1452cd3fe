import 'server-only';
import type { AuthOptions } from 'next-auth';
import { userIdOf } from '@/lib/server/auth/user';
import { endCallOfSignedOut } from '@/lib/server/endings/end-from-outside';
import { afterResponse } from '@/lib/server/platform/background';
import { audit } from '@/lib/server/records/audit';
import { UserId } from '@/lib/shared/ids';

/** What happens besides when people sign in and out. Who signs out does not wait for the hang-up. */
export const authEvents: AuthOptions['events'] = {
  signIn({ account }) {
    if (account) audit({ event: 'sign_in', userId: userIdOf(account), provider: account.provider });
  },
  signOut({ token }) {
    const userId = UserId.safeParse(token?.id).data;
    if (userId) afterResponse('end call of signed-out', () => endCallOfSignedOut(userId));
  },
};

/** Of next-auth's errors, those that kept somebody out; the others are about cookies and sessions. */
export function auditAuthError(code: string): void {
  if (/SIGNIN|CALLBACK|OAUTH/.test(code)) audit({ event: 'sign_in_failed', code: code.slice(0, 60) });
}
