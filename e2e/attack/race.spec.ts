import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { AttackServer, type Reply } from './server/attack-server.ts';
import { inBatches } from './server/in-batches.ts';
import { newPeople, newPerson } from './server/people.ts';

const CALL_SECONDS = 300;
const MICRO_USD_PER_SECOND = 1000;
const BUDGET_CALLS = 10;
/** Requests in flight. In lib/server/money/ledger.test.ts more of them race for the ledger itself. */
const AT_ONCE = 24;

let server: AttackServer;
test.beforeAll(async () => {
  // Ten calls of five minutes at the planning price of the small model.
  server = await AttackServer.start({ env: { VOICE_SITE_BUDGET_USD_PER_DAY: '3.00', LOG_LEVEL: 'error' } });
  await server.mint(await newPerson());
});
test.beforeEach(() => server.redis.flushdb());
test.afterAll(() => server.close());

const statuses = (replies: Reply[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

// One race takes about ten seconds of a whole machine. PARLEY_ATTACK=full runs all three.
const rounds = process.env.PARLEY_ATTACK === 'full' ? [1, 2, 3] : [1];

for (const round of rounds) {
  test(`1,000 racing mints against a budget for 10: exactly 10 get in, run ${round}`, async () => {
    test.setTimeout(180_000);
    const people = await newPeople(1000);
    const replies = await inBatches(people, AT_ONCE, (person) => server.mint(person));
    expect(statuses(replies)).toEqual({ 201: BUDGET_CALLS, 503: 990 });
    // A database that is late under load refuses too, and what it held is released.
    const codes = new Set(replies.filter(({ status }) => status === 503).map(({ code }) => code));
    expect(['site_busy', 'store_unavailable']).toEqual(expect.arrayContaining([...codes]));

    const held = BUDGET_CALLS * CALL_SECONDS;
    expect(await server.sums('site')).toEqual({ spent: 0, held: held * MICRO_USD_PER_SECOND });
    const accounts = await Promise.all(people.map(({ id }) => server.sums(id)));
    expect(accounts.reduce((sum, account) => sum + account.held + account.spent, 0)).toBe(held);
    expect(await server.redis.zcard('voice:deadlines')).toBe(BUDGET_CALLS);
    const open = (await server.calls()).filter(({ state }) => state === 'open');
    expect(open.length).toBe(BUDGET_CALLS);
  });
}

test('200 racing for one user’s single slot: one gets it', async () => {
  // A process of its own: the one above remembers for ten seconds that the site is busy.
  await server.close();
  server = await AttackServer.start({ env: { LOG_LEVEL: 'error' } });
  const person = await newPerson();
  const tries = Array.from({ length: 200 }, () => person);
  const replies = await inBatches(tries, AT_ONCE, (one) => server.mint(one));
  expect(statuses(replies)).toEqual({ 201: 1, 409: 199 });
  expect(await server.sums(person.id)).toEqual({ spent: 0, held: CALL_SECONDS });
});
