import { expect, test } from 'playwright/test';
import { newPerson } from './people.ts';
import { clearFaults, orderFaults, type SandboxFault } from './sandbox-faults.ts';
import { Stage } from './stage.ts';

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.start();
});
test.afterEach(clearFaults);
test.afterAll(() => stage.close());

const faults: [name: string, fault: SandboxFault, status: number, code: string][] = [
  ['401', { status: 401 }, 502, 'provider_refused'],
  ['403', { status: 403 }, 502, 'provider_refused'],
  ['404', { status: 404 }, 502, 'provider_failed'],
  ['429', { status: 429 }, 503, 'provider_busy'],
  ['500', { status: 500 }, 502, 'provider_failed'],
  ['timeout', { timeout: true }, 504, 'provider_timeout'],
  ['nonsense', { garbage: true }, 502, 'provider_failed'],
];

for (const [name, fault, status, code] of faults) {
  test(`OpenAI ${name} at the mint: a stable code, none of its words, and everything given back`, async () => {
    const person = await newPerson();
    await orderFaults({ mint: fault });
    const answer = await stage.mint(person);
    expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
    expect(answer.text).not.toMatch(/ordered from the sandbox|oops/);
    expect(await stage.sums(`account:${person.id}`)).toEqual({ spent: 0, held: 0 });
    await clearFaults();
    expect((await stage.mint(person)).status).toBe(201);
  });
}

test('a hang-up that fails is charged in full, tried again, and then done', async () => {
  const person = await newPerson();
  const callId = await stage.open(person);
  const rtcCallId = 'rtc_stays_up';
  await stage.send(`/api/voice/calls/${callId}/connected`, { as: person, body: { rtcCallId } });
  await orderFaults({ hangup: { status: 500 } });
  const path = `/api/voice/calls/${callId}/end`;
  const ended = await stage.send(path, { as: person, body: { reason: 'user' } });
  expect(JSON.parse(ended.text)).toMatchObject({ seconds: 300 });
  await expect.poll(() => stage.redis.zscore('voice:hang-ups', callId)).not.toBeNull();
  await clearFaults();
  await stage.redis.zadd('voice:hang-ups', { score: 1, member: callId });
  expect((await stage.reap()).status).toBe(200);
  expect(await stage.redis.zscore('voice:hang-ups', callId)).toBeNull();
  const hangUps = stage.toProvider.passed.filter(({ path: asked }) => asked.includes(rtcCallId));
  expect(hangUps.length).toBeGreaterThanOrEqual(2);
  expect(stage.server.printed).toContain('hang_up_failed');
});
