import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { relayOffer } from '@/lib/server/calls/relay-call';
import { sweep } from '@/lib/server/endings/sweep';
import { storeKeys } from '@/lib/server/store/store-keys';
import {
  createCallFixture,
  end,
  eventually,
  guest,
  open,
  openWith,
  passSeconds,
  RELAYED_GUESTS,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { countCommands } from '@/lib/server/testing/count-commands';
import { OFFER } from '@/lib/server/testing/sdp-fixtures';
import { runToolOnce } from '@/lib/server/tools/run-once';
import type { CallId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis, RELAYED_GUESTS);

/** Talks for a minute and runs two tools, until everything that follows the end is written. */
async function talk(user: User, callId: CallId): Promise<void> {
  await runToolOnce(user, callId, 'echo', toolRequest());
  await runToolOnce(user, callId, 'echo', toolRequest());
  passSeconds(60);
  await end(user, callId);
  await eventually(async () => expect(await fixture.redis.type(`voice:past-call:${callId}`)).toBe('string'));
}

/**
 * Not of the call: the `type` that waits for its end, and the look for overdue calls, once in 15 s, which has a test below. That
 * is a `zrange`, as is one command of the history.
 */
const ofTheCall = ({ byName, total }: Awaited<ReturnType<typeof countCommands>>) =>
  total - (byName.type ?? 0) - ((byName.zrange ?? 1) - 1);

const ways: [string, number, (user: User) => Promise<CallId>][] = [
  [
    'dialled with the request for the ticket',
    39,
    async (user) => (await openWith(user, { offer: OFFER })).callId,
  ],
  [
    'dialled with its ticket',
    43,
    async (user) => {
      const { callId, secret } = await open(user);
      await relayOffer(user, callId, secret.value, OFFER);
      return callId;
    },
  ],
];

test.each(ways)(
  'an ordinary relayed call of a guest with two tools, %s, costs %i commands at most',
  async (...way) => {
    const [, most, dial] = way;
    const first = guest();
    await talk(first, await dial(first));
    const user = guest();
    const cost = await countCommands(async () => talk(user, await dial(user)));
    expect(ofTheCall(cost), JSON.stringify(cost.byName)).toBeLessThanOrEqual(most);
  },
);

test('a process with nothing to do looks for one command', async () => {
  passSeconds(3600);
  await sweep();
  await eventually(async () => expect((await countCommands(sweep)).byName).toEqual({ zrange: 1 }));
});

describe('a refused open', () => {
  const openRefused = async (user: User, times: number) => {
    const codes: string[] = [];
    for (let i = 0; i < times; i += 1) {
      await open(user).catch(({ code }) => codes.push(code));
    }
    return codes;
  };

  test('beyond the rate costs three commands at most, mean of twenty, none while the block is remembered, and leaves nothing', async () => {
    const user = guest();
    for (let i = 0; i < 5; i += 1) await end(user, (await open(user)).callId);
    const keysBefore = await fixture.redis.keys('voice:call:*');
    const first = await countCommands(() => openRefused(user, 1));
    const others = await countCommands(async () => {
      expect(await openRefused(user, 19)).toEqual(Array(19).fill('rate_limited'));
    });
    expect(others.byName).toEqual({});
    expect(first.total / 20).toBeLessThanOrEqual(3);
    const left = (await fixture.redis.keys('voice:call:*')).filter((key) => !keysBefore.includes(key));
    for (const key of left) expect(await fixture.redis.ttl(key)).toBeLessThanOrEqual(120);
  });

  test('for a network that was blocked costs nothing, whatever the cookie', async () => {
    const network = randomUUID();
    const openAndEnd = async () => {
      const user = visitor({ network });
      await end(user, (await open(user)).callId);
    };
    for (let i = 0; i < 20; i += 1) await openAndEnd();
    await expect(openAndEnd()).rejects.toEqual(refusedWith('rate_limited'));
    const another = await countCommands(() =>
      expect(openAndEnd()).rejects.toEqual(refusedWith('rate_limited')),
    );
    expect(another.byName).toEqual({});
  });

  test('of a busy site costs three commands at most, mean of twenty, and comes back when there is room', async () => {
    // The guests' third of ten dollars is eleven calls of five minutes.
    const busy: User[] = [];
    for (let i = 0; i < 12; i += 1) {
      const user = guest();
      busy.push(user);
      if ((await openRefused(user, 1)).length > 0) break;
    }
    expect(busy).toHaveLength(12);
    passSeconds(11);
    const cost = await countCommands(async () => {
      for (let i = 0; i < 20; i += 1) expect(await openRefused(guest(), 1)).toEqual(['site_busy']);
    });
    expect(cost.total / 20).toBeLessThanOrEqual(3);
    passSeconds(50);
    const endings = vi.fn();
    await eventually(async () => {
      await sweep().then(endings);
      expect(await open(guest())).toMatchObject({ callSeconds: 300 });
    });
    expect(await fixture.redis.zcard(storeKeys.deadlines)).toBeGreaterThan(0);
  });
});
