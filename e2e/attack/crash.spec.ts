import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import type { AttackServer } from './server/attack-server.ts';
import type { Fault } from './server/faulty-proxy.ts';
import { newPerson } from './server/people.ts';

/** Moves the call's deadline into the past, as five minutes would. */
async function letDeadlinePass({ redis }: AttackServer, callId: string): Promise<void> {
  await redis.hset(`voice:call:${callId}`, { deadlineMs: Date.now() - 1 });
  const queued = await redis.hget<string>(`voice:call:${callId}`, 'queued');
  await redis.zadd('voice:deadlines', { score: Date.now() - 1, member: queued ?? callId });
}

const crashes: Record<string, Fault> = {
  'between the reservation and the mint': { kind: 'hanging' },
  'between the mint and the response': { kind: 'lost response' },
};

for (const [when, fault] of Object.entries(crashes)) {
  test(`killed ${when}: the reservation is found, settled, and the user calls again`, async ({ server }) => {
    await server.mint(await newPerson()); // Loads the route.
    const person = await newPerson();
    const before = server.toProvider.passed.length;
    server.toProvider.fault = fault;
    const reply = server.mint(person).catch(() => 'cut off');
    await expect.poll(() => server.toProvider.passed.length).toBeGreaterThan(before);
    await server.process.kill();
    expect(await reply).toBe('cut off');
    server.toProvider.fault = { kind: 'none' };

    const callId = await server.slotOf(person.id);
    expect(callId).toMatch(/^call_/);
    expect(await server.sums(person.id)).toEqual({ spent: 0, held: 300 });

    await server.process.start();
    expect((await server.mint(person)).code).toBe('already_in_call');
    await letDeadlinePass(server, callId ?? '');
    expect(JSON.parse((await server.reap()).text).calls).toBeGreaterThanOrEqual(1);
    // Whether anyone talked is unknown: a lost end costs the reservation, and never more.
    expect(await server.sums(person.id)).toEqual({ spent: 300, held: 0 });
    expect(String(await server.redis.zrange('voice:deadlines', 0, -1))).not.toContain(callId);
    expect((await server.mint(person)).status).toBe(201);
  });
}
