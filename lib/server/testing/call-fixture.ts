import { randomUUID } from 'node:crypto';
import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { connectCall } from '@/lib/server/calls/connect-call';
import { openCall } from '@/lib/server/calls/open-call';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { endCall } from '@/lib/server/endings/end-call';
import { getAllowance } from '@/lib/server/money/allowance';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import { startFakeOpenai } from '@/lib/server/testing/fake-openai';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import type { OpenCallRequest } from '@/lib/shared/contract';
import type { ErrorCode } from '@/lib/shared/errors';
import { CallId, RtcCallId, ToolCallId, UserId } from '@/lib/shared/ids';

/** A site that lets guests in and relays everyone. A call of five minutes holds thirty cents of its ten dollars. */
export const RELAYED_GUESTS = {
  PARLEY_SANDBOX: '0',
  AUTH_GUEST: 'true',
  VOICE_CONNECT: 'relay',
  VOICE_SITE_BUDGET_USD_PER_DAY: '10',
} as const;

/** The origin under which users of these tests visit the site: this machine, where the provider of the tests is too. */
export const ORIGIN = 'http://localhost:3000';

interface RunningRedis {
  url: string;
  token: string;
  close(): Promise<void>;
}

/**
 * Starts a database and a fake provider for the tests of one file, with a clock that they may move. The database is the
 * file's own, because tests that share a database share its queue of deadlines.
 */
export function createCallFixture(startRedis: () => Promise<RunningRedis>, env: Record<string, string> = {}) {
  let redis: RunningRedis;
  let provider: Awaited<ReturnType<typeof startFakeOpenai>>;
  let days = 0;

  beforeAll(async () => {
    [redis, provider] = await Promise.all([startRedis(), startFakeOpenai()]);
    Object.assign(process.env, {
      LOG_LEVEL: 'silent',
      // The fake provider costs nothing: everyone connects directly unless a test says otherwise.
      PARLEY_SANDBOX: '1',
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      OPENAI_API_KEY: 'sk-server-key',
      OPENAI_BASE_URL: provider.baseUrl,
      AUTH_SECRET: 'a-secret-of-more-than-32-characters',
      VOICE_SITE_BUDGET_USD_PER_DAY: '1000',
      ...env,
    });
  });
  afterAll(() => Promise.all([redis.close(), provider.close()]));
  beforeEach(() => {
    provider.reset();
    vi.useFakeTimers({ toFake: ['Date'] });
    // Each test has a day of its own, so that all calls of earlier tests are overdue.
    vi.setSystemTime(Date.UTC(2031, 2, ++days, 12));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  return {
    get provider() {
      return provider;
    },
    /**
     * The database without the app's short time limit, for reading it however slow the machine is. It has another host
     * name, so that these requests are not counted.
     */
    get redis() {
      const url = redis.url.replace('127.0.0.1', 'localhost');
      return new Redis({ url, token: redis.token, enableTelemetry: false });
    },
    /** Cuts the database off, for requests that name `about`, until the returned function is called. */
    cutDatabase(about = '') {
      const real = globalThis.fetch;
      const cut = vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
        const isMeant = String(input).startsWith(redis.url) && String(init?.body).includes(about);
        return isMeant ? Promise.reject(new TypeError('fetch failed')) : real(input, init);
      });
      return () => cut.mockRestore();
    },
    /**
     * The database does what the next request says that names `about`, and its reply is lost. Then the client sends the
     * request again. `times`: 2, and that reply is lost too.
     */
    loseReply(about = '', times = 1) {
      let left = times;
      const real = globalThis.fetch;
      const losing = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
        const response = await real(input, init);
        const isMeant = String(input).startsWith(redis.url) && String(init?.body).includes(about);
        if (!isMeant) return response;
        left -= 1;
        if (left === 0) losing.mockRestore();
        await response.body?.cancel();
        throw new TypeError('fetch failed');
      });
    },
    /** Returns the number of requests to the database and to the provider while `work` runs. */
    async countRequests(work: () => Promise<unknown>) {
      const spy = vi.spyOn(globalThis, 'fetch');
      const before = provider.requests.length;
      try {
        await work();
        const toRedis = spy.mock.calls.filter(([input]) => String(input).startsWith(redis.url));
        return { redis: toRedis.length, provider: provider.requests.length - before };
      } finally {
        spy.mockRestore();
      }
    },
  };
}

export const passSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

export const visitor = (fields: Partial<User> = {}): User => ({
  id: UserId.parse(`guest_${randomUUID()}`),
  role: 'guest',
  name: 'Guest',
  permissions: ['voice:connect'],
  network: null,
  ...fields,
});

/** A guest from a network of their own. */
export const guest = () => visitor({ network: randomUUID() });

export const openWith = (
  user: User,
  input: Partial<OpenCallRequest> = {},
  requestKey: string | null = null,
) => openCall(user, { takeOver: false, options: {}, ...input }, { origin: ORIGIN, requestKey });

export const open = (user: User, takeOver = false) => openWith(user, { takeOver });

/** The offer of the tests, sent with the ticket of a relayed call. */
export const dial = (user: User, { callId, secret }: { callId: CallId; secret: { value: string } }) =>
  relayOffer(user, callId, secret.value, OFFER);

/** Opens a relayed call and connects it. */
export async function openAndDial(user: User) {
  const ticket = await open(user);
  await dial(user, ticket);
  return ticket;
}

export const newConnection = () => RtcCallId.parse(`rtc_${randomUUID().replaceAll('-', '')}`);

/** A call that was never opened. */
export const NO_CALL = CallId.parse('call_nonsense');

let toolCalls = 0;

/** Returns a request for a tool, under an id of its own. */
export const toolRequest = (args: object = {}, id = `call_tool_${++toolCalls}`) => ({
  toolCallId: ToolCallId.parse(id),
  arguments: { ...args },
});

export async function openAndConnect(user: User) {
  const { callId } = await open(user);
  const rtcCallId = newConnection();
  await connectCall({ userId: user.id, callId, rtcCallId });
  return { callId, rtcCallId };
}

export const end = async (user: User, callId: CallId) =>
  endCall(await requireOwnCall(user.id, callId), 'user');

export const leftToday = async (user: User) => (await getAllowance(user)).secondsLeftToday;

/** Waits for work after a response, however slow the machine is. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 12_000 });

export const refusedWith = (code: ErrorCode) => expect.objectContaining({ code });
