import { randomUUID } from 'node:crypto';
import type { Account, NewCall } from '@/lib/server/money/ledger';
import { utcDay } from '@/lib/server/money/utc-day';
import { readSums } from '@/lib/server/testing/books';
import { CallId, UserId } from '@/lib/shared/ids';

export const MICRO_USD_PER_SECOND = 1000;
export const CALL_SECONDS = 300;
/** Ten calls. */
export const BUDGET_MICRO_USD = 3_000_000;

let days = 0;
let year = 2031;
/** Noon of a day that no other test uses: the budget of a day belongs to the whole site. */
export const freshNoon = () => Date.UTC(year, 0, 1 + days++, 12);
/** Ten seconds before the midnight between two such days. */
export function nearlyMidnight(): number {
  const noon = freshNoon();
  days += 1;
  return noon + 12 * 3600_000 - 10_000;
}

export const newAccount = (limit = 1800): Account => ({ id: `user_${randomUUID()}`, limit, unit: 'seconds' });
export const newNetwork = (limit: number): Account => ({ ...newAccount(limit), isShared: true });
const SITE: Account = { id: 'site', limit: BUDGET_MICRO_USD, unit: 'micro_usd' };

export const newCall = (nowMs: number, ...accounts: [Account, ...Account[]]): NewCall => ({
  callId: CallId.parse(`call_${randomUUID()}`),
  owner: UserId.parse(accounts[0].id),
  agent: 'ada',
  role: 'user',
  who: 'somebody',
  options: {},
  accounts: [...accounts, SITE],
  day: utcDay(nowMs),
  connect: 'direct',
});

export const accountSums = (account: Account, day: string) => readSums(account.id, day);
export const siteSums = (day: string) => readSums('site', day);

/** Sets the environment of these tests. Each file has a year of its own: they share a database. */
export function setLimits(ownYear: number): void {
  year = ownYear;
  Object.assign(process.env, {
    OPENAI_REALTIME_MODEL: 'gpt-realtime-2.1-mini',
    VOICE_CALL_SECONDS: String(CALL_SECONDS),
  });
}
