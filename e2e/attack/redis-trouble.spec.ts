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

const troubles: Record<string, Trouble> = {
  refused: { kind: 'refused' },
  hanging: { kind: 'hanging' },
  'too slow': { kind: 'slow', ms: 2500 },
  '500': { kind: 'answer', status: 500, body: '{"error":"internal"}' },
  nonsense: {
    kind: 'answer',
    status: 200,
    body: '[{"result":"OK"},{"result":["reserved",300]},{"result":7}]',
  },
};

for (const [name, trouble] of Object.entries(troubles)) {
  test(`Redis ${name}: 503 within two seconds, and no mint`, async () => {
    const person = await newPerson();
    const before = stage.toProvider.passed.length;
    stage.toRedis.trouble = trouble;
    const startedAt = performance.now();
    const answer = await stage.mint(person);
    const tookMs = performance.now() - startedAt;
    stage.toRedis.trouble = { kind: 'none' };
    expect({ status: answer.status, code: answer.code }).toEqual({ status: 503, code: 'store_unavailable' });
    expect(tookMs).toBeLessThan(2000);
    expect(stage.toProvider.passed.length).toBe(before);
    // Whatever reached the database late is given back: the person can call as if nothing had been.
    await expect
      .poll(() => stage.sums(`account:${person.id}`), { timeout: 5000 })
      .toEqual({ spent: 0, held: 0 });
    expect((await stage.mint(person)).status).toBe(201);
  });
}

test('Redis slow, but not too slow: the call opens', async () => {
  stage.toRedis.trouble = { kind: 'slow', ms: 300 };
  const answer = await stage.mint(await newPerson());
  stage.toRedis.trouble = { kind: 'none' };
  expect(answer.status).toBe(201);
});

test('a mint costs exactly one request to Redis and one to OpenAI before its answer, and one for the audit after it', async () => {
  const person = await newPerson();
  await stage.mint(await newPerson());
  await expect.poll(() => stage.toRedis.passed.at(-1)?.body ?? '').toContain('voice:audit');
  stage.toRedis.passed.length = 0;
  stage.toProvider.passed.length = 0;
  expect((await stage.mint(person)).status).toBe(201);
  expect(stage.toProvider.passed.length).toBe(1);
  await expect.poll(() => stage.toRedis.passed.length).toBe(2);
  const [before, after] = stage.toRedis.passed.map(({ body }) =>
    JSON.parse(body).map(([name]: string[]) => name),
  );
  expect(before.map((name: string) => name.toLowerCase())).toEqual(['evalsha', 'evalsha', 'evalsha']);
  expect(after.map((name: string) => name.toLowerCase())).toEqual(['xadd']);
});
