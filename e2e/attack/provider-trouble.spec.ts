import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { newPerson } from './server/people.ts';
import { PROVIDER_FAULTS } from './server/provider-faults.ts';
import { clearFaults, orderFaults } from './server/sandbox-faults.ts';

test.afterEach(clearFaults);

for (const [name, fault, status, code] of PROVIDER_FAULTS) {
  test(`OpenAI ${name} at the mint: a stable code, none of its words, and everything given back`, async ({
    server,
  }) => {
    const person = await newPerson();
    await orderFaults({ mint: fault });
    const reply = await server.mint(person);
    expect({ status: reply.status, code: reply.code }).toEqual({ status, code });
    expect(reply.text).not.toMatch(/ordered from the sandbox|oops/);
    expect(await server.sums(person.id)).toEqual({ spent: 0, held: 0 });
    await clearFaults();
    expect((await server.mint(person)).status).toBe(201);
  });
}

test('a hang-up that fails is charged in full, tried again, and then done', async ({ server }) => {
  const person = await newPerson();
  const callId = await server.open(person);
  const rtcCallId = 'rtc_stays_up';
  await server.send(`/api/voice/calls/${callId}/connected`, { as: person, body: { rtcCallId } });
  await orderFaults({ hangup: { status: 500 } });
  const path = `/api/voice/calls/${callId}/end`;
  const ended = await server.send(path, { as: person, body: { reason: 'user' } });
  expect(JSON.parse(ended.text)).toMatchObject({ seconds: 300 });
  const entry = `${callId}/${rtcCallId}`;
  await expect.poll(() => server.redis.zscore('voice:deadlines', entry)).not.toBeNull();
  await clearFaults();
  // The end itself tries again after its response, and may postpone the next try at this moment.
  const tryNow = async () => {
    await server.redis.zadd('voice:deadlines', { xx: true }, { score: 1, member: entry });
    expect((await server.reap()).status).toBe(200);
    return server.redis.zscore('voice:deadlines', entry);
  };
  await expect.poll(tryNow).toBeNull();
  const hangUps = server.toProvider.passed.filter(({ path: asked }) => asked.includes(rtcCallId));
  expect(hangUps.length).toBeGreaterThanOrEqual(2);
  await expect.poll(() => server.process.printed).toContain('hang_up_failed');
});
