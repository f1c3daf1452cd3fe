import { expect } from 'playwright/test';
import { workerTest as test } from '../worker-fixtures.ts';
import { AttackServer } from './server/attack-server.ts';
import { newGuest } from './server/people.ts';

const CALLS_PER_DAY = 2;

let server: AttackServer;
test.beforeAll(async () => {
  // A site on the internet that lets guests in: no sandbox, and a proxy that writes `x-real-ip`.
  server = await AttackServer.start({
    env: {
      PARLEY_SANDBOX: '0',
      AUTH_GUEST: 'true',
      CLIENT_IP_HEADER: 'x-real-ip',
      VOICE_GUEST_SECONDS_PER_DAY: String(CALLS_PER_DAY * 300),
    },
  });
});
test.afterAll(() => server.close());

const mintFrom = async (headers: Record<string, string>) =>
  server.send('/api/voice/session', { as: await newGuest(), headers });

test('a guest of a deployed site is relayed: no credential of the provider reaches the browser', async () => {
  const before = server.toProvider.passed.length;
  const reply = await mintFrom({ 'x-real-ip': '203.0.113.1' });
  const { callId, callUrl } = JSON.parse(reply.text);
  expect(callUrl).toBe(`${server.url}/api/voice/calls/${callId}/sdp`);
  expect(server.toProvider.passed.length).toBe(before);
});

const ways: [string, (attempt: number) => Record<string, string>][] = [
  ['clearing cookies', () => ({ 'x-real-ip': '203.0.113.7' })],
  [
    'inventing other headers',
    (attempt) => ({
      'x-real-ip': '203.0.113.8',
      'x-forwarded-for': `198.51.100.${attempt}`,
      forwarded: `for=198.51.100.${attempt}`,
      'cf-connecting-ip': `198.51.100.${attempt}`,
    }),
  ],
  ['writing in front of the proxy', (attempt) => ({ 'x-real-ip': `198.51.100.${attempt}, 203.0.113.9` })],
  ['moving within a household', (attempt) => ({ 'x-real-ip': `2001:db8:1:2::${attempt}` })],
  [
    'going around the proxy',
    (attempt): Record<string, string> => (attempt % 2 ? {} : { 'x-real-ip': `x${attempt}` }),
  ],
];
for (const [name, headersOf] of ways) {
  test(`${name} gains nothing`, async () => {
    for (let attempt = 0; attempt < CALLS_PER_DAY; attempt += 1) {
      expect((await mintFrom(headersOf(attempt))).status).toBe(201);
    }
    const refused = await mintFrom(headersOf(CALLS_PER_DAY));
    expect({ status: refused.status, code: refused.code }).toEqual({
      status: 429,
      code: 'network_busy',
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
}
