import type { User } from '@/lib/server/auth/user';
import { getAllowance } from '@/lib/server/money/allowance';
import { AppError } from '@/lib/server/platform/app-error';
import { describeError } from '@/lib/server/platform/describe-error';
import { log } from '@/lib/server/platform/log';

/**
 * Returns the seconds that the user may still talk today; `null` without the database. The page is rendered anew during calls
 * too, and an error in its place would end them.
 */
export async function readSecondsLeft(user: User): Promise<number | null> {
  try {
    return (await getAllowance(user)).secondsLeftToday;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store_unavailable') throw error;
    log().warn({ error: describeError(error) }, 'page without minutes');
    return null;
  }
}
