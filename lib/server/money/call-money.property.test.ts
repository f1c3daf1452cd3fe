import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireConnecting } from '@/lib/server/auth/connect-mode';
import type { User } from '@/lib/server/auth/user';
import { admitCall } from '@/lib/server/calls/admit-call';
import { connectCall } from '@/lib/server/calls/connect-call';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { reapAll } from '@/lib/server/endings/reap';
import { listAccounts } from '@/lib/server/money/allowance';
import { AppError } from '@/lib/server/platform/app-error';
import { readCall, type StoredCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  newConnection,
  ORIGIN,
  open,
  passSeconds,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { HUNG_UP, MINTED } from '@/lib/server/testing/fake-openai';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import { runToolOnce } from '@/lib/server/tools/run-once';
import type { CallTicket } from '@/lib/shared/contract';
import { CallId } from '@/lib/shared/ids';

const MICRO_USD_PER_SECOND = 1000;
const ALLOWANCE_SECONDS = 700;
const BUDGET_MICRO_USD = 1_500_000;
const PEOPLE = 3;
const FAILURE = { status: 500, body: '' };

// Guests are relayed wherever calls cost money, a developer at their own machine is not: both in one fixture.
const fixture = createCallFixture(startRedis, {
  NODE_ENV: 'development',
  PARLEY_SANDBOX: '0',
  AUTH_GUEST: 'true',
  VOICE_CALLS_PER_MINUTE: '1000',
  VOICE_GUEST_SECONDS_PER_DAY: String(ALLOWANCE_SECONDS),
  VOICE_USER_SECONDS_PER_DAY: String(ALLOWANCE_SECONDS),
  VOICE_SITE_BUDGET_USD_PER_DAY: '1.50',
});

const OF_A_CALL = [
  'connect',
  'tool',
  'resume',
  'end',
  'end twice at once',
  'end while connecting',
  'end while resuming',
] as const;

type Step =
  | { do: 'open'; person: number; takeOver: boolean }
  | { do: 'crash while opening'; person: number }
  | { do: (typeof OF_A_CALL)[number]; person: number }
  | { do: 'pass'; seconds: number }
  | { do: 'mint' | 'answer' | 'hang up'; works: boolean }
  | { do: 'reap' };

const person = fc.nat({ max: PEOPLE - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), person, takeOver: fc.boolean() }),
  fc.record({ do: fc.constant('crash while opening' as const), person }),
  fc.record({
    do: fc.constantFrom(...OF_A_CALL),
    person,
  }),
  fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 17, 150, 301, 40_000) }),
  fc.record({ do: fc.constantFrom('mint', 'answer', 'hang up'), works: fc.boolean() }),
  fc.constant({ do: 'reap' as const }),
);

/** Any step may be refused. Any other error is a bug. */
const orRefused = (work: Promise<unknown>) =>
  work.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });

/** Connects as a browser does: through us with the ticket, or directly with a report. */
const connect = (user: User, { callId, secret, callUrl }: CallTicket): Promise<unknown> =>
  callUrl.startsWith(ORIGIN)
    ? relayOffer(user, callId, secret.value, OFFER)
    : connectCall({ userId: user.id, callId, rtcCallId: newConnection() });

async function take(next: Step, people: User[], tickets: Map<User, CallTicket>): Promise<unknown> {
  switch (next.do) {
    case 'pass':
      return passSeconds(next.seconds);
    case 'reap':
      return orRefused(reapAll(Date.now() + 1000));
    case 'mint':
      fixture.provider.next.mint = next.works ? MINTED : FAILURE;
      return;
    case 'answer':
      fixture.provider.next.calls = next.works ? null : FAILURE;
      return;
    case 'hang up':
      fixture.provider.next.hangUp = next.works ? HUNG_UP : FAILURE;
      return;
  }
  const user = people[next.person] ?? visitor();
  const ticket = tickets.get(user);
  const keep = (work: Promise<CallTicket>) => orRefused(work.then((fresh) => tickets.set(user, fresh)));
  if (next.do === 'open') return keep(open(user, next.takeOver));
  if (next.do === 'crash while opening') {
    const call = {
      callId: CallId.parse(`call_${randomUUID()}`),
      owner: user.id,
      agent: 'ada',
      options: {},
    };
    const connecting = requireConnecting(user, null).mode;
    return orRefused(admitCall(user, { ...call, connect: connecting, accounts: listAccounts(user) }, false));
  }
  if (!ticket) return;
  const { callId } = ticket;
  switch (next.do) {
    case 'connect':
      return orRefused(connect(user, ticket));
    case 'tool':
      return orRefused(runToolOnce(user, callId, 'echo', toolRequest()));
    case 'end while resuming':
      return Promise.all([keep(resumeCall(user, callId, ORIGIN)), orRefused(end(user, callId))]);
    case 'resume':
      return keep(resumeCall(user, callId, ORIGIN));
    case 'end':
      return orRefused(end(user, callId));
    case 'end twice at once':
      return Promise.all([orRefused(end(user, callId)), orRefused(end(user, callId))]);
    case 'end while connecting':
      return Promise.all([orRefused(connect(user, ticket)), orRefused(end(user, callId))]);
  }
}

async function readSums(key: string) {
  const sums = await fixture.redis.hgetall<Record<'spent' | 'held', number>>(key);
  return { spent: sums?.spent ?? 0, held: sums?.held ?? 0 };
}

const totals = (calls: StoredCall[]) => ({
  spent: calls.reduce((sum, call) => sum + (call.state === 'ended' ? call.chargedSeconds : 0), 0),
  held: calls.reduce((sum, call) => sum + (call.state === 'ended' ? 0 : call.reservedSeconds), 0),
});

/** The books agree with the calls, and no account exceeds its allowance. */
async function checkBooks(people: User[]): Promise<void> {
  const keys = await fixture.redis.keys('voice:call:*');
  const ids = keys
    .filter((key) => !key.endsWith(':tools'))
    .map((key) => CallId.parse(key.slice('voice:call:'.length)));
  const calls = (await Promise.all(ids.map(readCall))).filter((call) => call !== null);
  for (const day of new Set(calls.map((call) => call.day))) {
    const ofDay = calls.filter((call) => call.day === day);
    for (const { id } of people) {
      const sums = await readSums(storeKeys.account(id, day));
      expect(sums).toEqual(totals(ofDay.filter(({ owner }) => owner === id)));
      expect(ALLOWANCE_SECONDS - sums.spent - sums.held).toBeGreaterThanOrEqual(0);
    }
    const site = await readSums(storeKeys.site(day));
    const { spent, held } = totals(ofDay);
    expect(site).toEqual({ spent: spent * MICRO_USD_PER_SECOND, held: held * MICRO_USD_PER_SECOND });
    expect(site.spent + site.held).toBeLessThanOrEqual(BUDGET_MICRO_USD);
  }
  const openCalls = calls.filter(({ state }) => state !== 'ended');
  expect(new Set(openCalls.map(({ owner }) => owner)).size).toBe(openCalls.length);
  const deadlines = await fixture.redis.zrange<string[]>(storeKeys.deadlines, 0, -1);
  expect(new Set(deadlines)).toEqual(new Set(openCalls.map(({ callId }) => callId)));
}

test('in any order of events, spent + held + free = allowance', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      await fixture.redis.flushdb();
      fixture.provider.reset();
      const people = Array.from({ length: PEOPLE }, (_, i) => visitor({ role: i === 0 ? 'user' : 'guest' }));
      const tickets = new Map<User, CallTicket>();
      for (const next of steps) await take(next, people, tickets);
      // Opening a call reaps a few others after the response, so the books may be read between its writes.
      await eventually(() => checkBooks(people));
      fixture.provider.reset();
      await eventually(async () => {
        passSeconds(40_000);
        await reapAll(Date.now() + 10_000);
        expect(await fixture.redis.zcard(storeKeys.deadlines)).toBe(0);
        expect(await fixture.redis.zcard(storeKeys.hangUps)).toBe(0);
      });
      await eventually(() => checkBooks(people));
    }),
    { numRuns: 40 },
  );
});
