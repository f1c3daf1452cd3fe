import { erasePersonalData } from '@/business/personal-data';
import { decideRole } from '@/lib/server/auth/user';
import { eraseData } from '@/lib/server/personal-data/erase-data';
import { AppError } from '@/lib/server/platform/app-error';
import { unattendedWork } from '@/lib/server/platform/background';
import { getEnv } from '@/lib/server/platform/env';
import { problemSentence } from '@/lib/server/platform/setup/problem-sentences';
import { readStoreError } from '@/lib/server/store/check-store';
import { UserId } from '@/lib/shared/ids';

const USAGE = `Usage: npm run forget -- <user id>
A user id is the provider and the account's number there, such as github_123. Set the environment of the site first.`;

/** The sign-in's name of a provider, then the account there. */
const isUserId = (word: string) => /^[a-z][a-z0-9-]*_\S+$/.test(word);

/** Returns what keeps the data from being deleted, and what cures it. */
function explain(error: unknown): string {
  if (error instanceof AppError && error.code === 'store_unavailable') {
    return problemSentence(readStoreError(error));
  }
  return error instanceof Error ? error.message : String(error);
}

/** Throws if the database or the secret of the site is not known. */
function requireSettings(): void {
  const { redis, auth } = getEnv();
  if (redis && auth.secret) return;
  throw new Error(
    'Set the database of the site, UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN or REDIS_URL, and its AUTH_SECRET.',
  );
}

/** Deletes everything that the site stores about a user. Returns the exit code. */
export async function forget(words: readonly string[]): Promise<number> {
  const [word = '', ...others] = words;
  if (!isUserId(word) || others.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const id = UserId.parse(word);
  try {
    requireSettings();
    const calls = await eraseData({ id, role: decideRole(id, null), network: null }, erasePersonalData);
    await unattendedWork();
    console.log(`Everything that was stored about ${id} is deleted, ${calls} calls among it.`);
    return 0;
  } catch (error) {
    console.error(explain(error));
    console.error('Not everything is deleted. Trying again is safe.');
    return 1;
  }
}
