import { expect, test } from 'playwright/test';
import { Stage } from './server/attack-server.ts';
import type { Trouble } from './server/faulty-proxy.ts';
import { newPerson } from './server/people.ts';

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.start();
  await stage.mint(await newPerson());
});
test.afterAll(() => stage.close());

/** Lets five minutes pass for the call: its deadline, and the beginning that the reservation counts from. */
async function letDeadlinePass(callId: string): Promise<void> {
  await stage.redis.hset(`voice:call:${callId}`, { deadlineMs: Date.now() - 1 });
  await stage.redis.zadd('voice:deadlines', { score: Date.now() - 1, member: callId });
}

const crashes: Record<string, Trouble> = {
  'between the reservation and the mint': { kind: 'hanging' },
  'between the mint and the answer': { kind: 'lost answer' },
};

for (const [when, trouble] of Object.entries(crashes)) {
  test(`killed ${when}: the reservation is found, settled, and the person calls again`, async () => {
    const person = await newPerson();
    const before = stage.toProvider.passed.length;
    stage.toProvider.trouble = trouble;
    const answer = stage.mint(person).catch(() => 'cut off');
    await expect.poll(() => stage.toProvider.passed.length).toBe(before + 1);
    await stage.server.kill();
    expect(await answer).toBe('cut off');
    stage.toProvider.trouble = { kind: 'none' };

    const callId = await stage.redis.get<string>(`voice:slot:${person.id}`);
    expect(callId).toMatch(/^call_/);
    expect(await stage.sums(`account:${person.id}`)).toEqual({ spent: 0, held: 300 });

    await stage.server.start();
    expect((await stage.mint(person)).code).toBe('already_in_call');
    await letDeadlinePass(callId ?? '');
    expect(JSON.parse((await stage.reap()).text).calls).toBeGreaterThanOrEqual(1);
    // Nobody knows whether somebody talked: a lost end costs the reservation, and never more.
    expect(await stage.sums(`account:${person.id}`)).toEqual({ spent: 300, held: 0 });
    expect(await stage.redis.zscore('voice:deadlines', callId ?? '')).toBeNull();
    expect((await stage.mint(person)).status).toBe(201);
  });
}
