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
import type { Account } from '@/lib/server/money/ledger';
import { AppError } from '@/lib/server/platform/app-error';
import { readCall, type StoredCall } from '@/lib/server/records/stored-call';
import { storeKeys } from '@/lib/server/store/store-keys';
import { readSums } from '@/lib/server/testing/books';
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
const ALLOWANCE_SECONDS = 400;
const BUDGET_MICRO_USD = 1_600_000;
const GUESTS_MICRO_USD = 1_000_000;
/** With fewer nobody is let in. */
const LEAST_SECONDS = 15;
const FAILURE = { status: 500, body: '' };
const UNKNOWN = { status: 404, body: '{}' };

// Guests are relayed wherever calls cost money, a developer at their own machine is not: both in one fixture.
const fixture = createCallFixture(startRedis, {
  NODE_ENV: 'development',
  PARLEY_SANDBOX: '0',
  AUTH_GUEST: 'true',
  VOICE_CALLS_PER_MINUTE: '1000',
  VOICE_GUEST_SECONDS_PER_DAY: String(ALLOWANCE_SECONDS),
  VOICE_USER_SECONDS_PER_DAY: String(ALLOWANCE_SECONDS),
  VOICE_SITE_BUDGET_USD_PER_DAY: '1.60',
  VOICE_GUEST_BUDGET_USD_PER_DAY: '1.00',
});

/** Two members, and three guests, of whom two share a network. */
const newPeople = (): User[] => [
  visitor({ role: 'user' }),
  visitor({ role: 'user' }),
  visitor({ network: 'home.street.town' }),
  visitor({ network: 'home.street.town' }),
  visitor({ network: 'next-door.street.town' }),
];
const PEOPLE = newPeople().length;

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
  | { do: 'forget connections' }
  | { do: 'reap' };

const person = fc.nat({ max: PEOPLE - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), person, takeOver: fc.boolean() }),
  fc.record({ do: fc.constant('crash while opening' as const), person }),
  fc.record({
    do: fc.constantFrom(...OF_A_CALL),
    person,
  }),
  fc.record({
    do: fc.constant('pass' as const),
    seconds: fc.constantFrom(1, 17, 61, 150, 301, 3_500, 40_000),
  }),
  fc.record({ do: fc.constantFrom('mint', 'answer', 'hang up'), works: fc.boolean() }),
  fc.constant({ do: 'forget connections' as const }),
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
    case 'forget connections':
      fixture.provider.next.hangUp = UNKNOWN;
      return;
    case 'hang up':
      fixture.provider.next.hangUp = next.works ? HUNG_UP : FAILURE;
      return;
  }
  const user = people[next.person] ?? visitor();
  const ticket = tickets.get(user);
  const keep = (work: Promise<CallTicket>) => orRefused(work.then((fresh) => tickets.set(user, fresh)));
  if (next.do === 'open') return keep(open(user, next.takeOver).catch(checkRefusal));
  if (next.do === 'crash while opening') {
    const call = {
      callId: CallId.parse(`call_${randomUUID()}`),
      owner: user.id,
      agent: 'ada',
      role: user.role,
      who: 'somebody',
      options: {},
    };
    const connecting = requireConnecting(user, null).mode;
    return orRefused(
      admitCall(user, { ...call, connect: connecting, accounts: listAccounts(user, connecting) }, false),
    );
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

interface Booked {
  call: StoredCall;
  /** The accounts on which it counts. */
  accounts: Account[];
}

/** Returns every stored call. Those that were refused or never came about are kept for two minutes of real time. */
async function readCalls(): Promise<Booked[]> {
  const keys = await fixture.redis.keys('voice:call:*');
  return Promise.all(
    keys.map(async (key) => {
      const call = await readCall(CallId.parse(key.slice('voice:call:'.length)));
      const accounts = await fixture.redis.hget<Account[]>(key, 'accounts');
      if (!call || !accounts) throw new Error(`${key} is no call.`);
      return { call, accounts };
    }),
  );
}

function totals(calls: readonly StoredCall[], unit: Account['unit']) {
  const sum = { spent: 0, held: 0, overrun: 0 };
  for (const call of calls) {
    const reserved = call.reservedSeconds * (unit === 'seconds' ? 1 : MICRO_USD_PER_SECOND);
    if (call.state !== 'ended') {
      sum.held += reserved;
      continue;
    }
    const charged = unit === 'seconds' ? call.chargedSeconds : call.chargedMicroUsd;
    sum.spent += charged;
    sum.overrun += Math.max(0, charged - reserved);
  }
  return sum;
}

/** Returns what a day's sums by agent and role come to. */
async function countedMicroUsd(day: string): Promise<number> {
  const counts = (await fixture.redis.hgetall<Record<string, string>>(storeKeys.spend(day))) ?? {};
  const ofDay = Object.entries(counts).filter(([field]) => field.startsWith(day));
  return ofDay.reduce((sum, [, text]) => sum + Number(text.split(' ')[2]), 0);
}

/** The books agree with the calls, and no account holds what it does not have: only an overrun exceeds a day. */
async function checkBooks(): Promise<void> {
  const booked = await readCalls();
  for (const day of new Set(booked.map(({ call }) => call.day))) {
    const ofDay = booked.filter(({ call }) => call.day === day);
    const accounts = new Map(ofDay.flatMap((one) => one.accounts.map((account) => [account.id, account])));
    for (const { id, unit, limit } of accounts.values()) {
      const theirs = ofDay.filter((one) => one.accounts.some((account) => account.id === id));
      const { spent, held, overrun } = totals(
        theirs.map(({ call }) => call),
        unit,
      );
      expect(await readSums(id, day), id).toEqual({ spent, held });
      expect(spent + held - overrun).toBeLessThanOrEqual(limit);
    }
    expect(await countedMicroUsd(day), 'by agent and role').toBe((await readSums('site', day)).spent);
  }
  const openCalls = booked.map(({ call }) => call).filter(({ state }) => state !== 'ended');
  expect(new Set(openCalls.map(({ owner }) => owner)).size).toBe(openCalls.length);
  const queue = await fixture.redis.zrange<string[]>(storeKeys.deadlines, 0, -1);
  const queued = queue.filter((member) => !member.includes('/')).map((member) => member.split(' ')[0]);
  expect(new Set(queued)).toEqual(new Set(openCalls.map(({ callId }) => callId)));
}

/** "Spent" is said only of a day that is spent, and "busy" only for as long as a call can last. */
async function checkRefusal(error: unknown): Promise<never> {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'budget_exhausted') {
    const [site, guests] = await Promise.all([readSums('site'), readSums('guests')]);
    const room = Math.min(BUDGET_MICRO_USD - site.spent, GUESTS_MICRO_USD - guests.spent);
    expect(room).toBeLessThan(LEAST_SECONDS * MICRO_USD_PER_SECOND);
  }
  if (error.code === 'site_busy' || error.code === 'network_busy') {
    expect(error.retryAfterSeconds).toBeGreaterThan(0);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(300);
  }
  throw error;
}

test('in any order of events, overruns and unused tickets included, spent + held + free = a day', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      await fixture.redis.flushdb();
      fixture.provider.reset();
      // What this process remembers of the run before is over.
      passSeconds(60);
      const people = newPeople();
      const tickets = new Map<User, CallTicket>();
      for (const next of steps) await take(next, people, tickets);
      // Opening a call reaps a few others after the response, so the books may be read between its writes.
      await eventually(() => checkBooks());
      fixture.provider.reset();
      await eventually(async () => {
        passSeconds(40_000);
        await reapAll(Date.now() + 10_000);
        expect(await fixture.redis.zcard(storeKeys.deadlines)).toBe(0);
      });
      await eventually(() => checkBooks());
    }),
    { numRuns: 40 },
  );
});
