import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpHarness } from '../testing/http-harness.ts';
import { FaultPlan } from './fault-plan.ts';
import { Faults } from './faults.ts';
import { PROFILES } from './profiles.ts';
import { createTroubles } from './troubles.ts';

const server = new HttpHarness({ profile: PROFILES.harsh });
beforeAll(() => server.start());
afterAll(() => server.close());

/** The waits of many responses, with evenly spread chances. */
function waits(profile: FaultPlan, count = 7_200): number[] {
  let seed = 0;
  const random = () => {
    seed = (seed + 0.618_033_988_75) % 1;
    return seed;
  };
  const troubles = createTroubles(new Faults({}, profile, random), random);
  return Array.from({ length: count }, () => troubles.waitMs()).sort((a, b) => a - b);
}

test('real: every response waits 0.8 to 4.6 s, most of them briefly', () => {
  const sorted = waits(PROFILES.real);
  expect(sorted[0]).toBeGreaterThanOrEqual(800);
  expect(sorted.at(-1)).toBeLessThanOrEqual(4_600);
  expect(sorted.at(-1)).toBeGreaterThan(4_400);
  expect(sorted[sorted.length / 2]).toBeLessThan(1_500);
});

test('harsh: one response in 72 waits 25 s longer', () => {
  const stalled = waits(PROFILES.harsh).filter((ms) => ms > 25_000).length;
  expect(stalled).toBeGreaterThan(60);
  expect(stalled).toBeLessThan(140);
});

test('quick: nothing waits', () => {
  expect(waits(PROFILES.quick, 10)).toEqual(new Array(10).fill(0));
});

test('harsh: a call hears itself for the first seconds, its errors have no id, and checks are refused after the first turn', async () => {
  await server.control('POST', '/__sandbox/faults', { wait: null, stall: null });
  await server.openCall();
  const peer = server.media.peers.at(-1);
  const events = () => peer?.sent.map((text) => JSON.parse(text)) ?? [];
  peer?.handlers.onConnected();
  expect(peer?.echo).toEqual({ delayMs: 150, gainDb: -20, learnedMs: 3_000 });
  peer?.handlers.onMessage('{"type":"nonsense","event_id":"mine"}');
  expect(events().at(-1)).toMatchObject({ type: 'error', event_id: null, error: { event_id: 'mine' } });
  expect(peer?.refusesChecks).toBe(false);
  peer?.handlers.onMessage('{"type":"response.create"}');
  await expect.poll(() => events().at(-1)?.type).toBe('rate_limits.updated');
  expect(peer?.refusesChecks).toBe(true);
});

test('harsh: a browser that replaces a lost connection goes on cancelling its echo, another user’s does not', async () => {
  const connectAs = async (user: string) => {
    const answer = await server.offer(await server.mint({}, { 'openai-safety-identifier': user }));
    const peer = server.media.peers.at(-1);
    peer?.handlers.onConnected();
    return { peer, callId: answer.headers.get('location')?.split('/').pop() };
  };
  const first = await connectAs('ann');
  expect(first.peer?.echo).toMatchObject({ learnedMs: 3_000 });
  await server.post(`/realtime/calls/${first.callId}/hangup`);
  expect((await connectAs('ann')).peer?.echo).toBeNull();
  expect((await connectAs('ben')).peer?.echo).toMatchObject({ learnedMs: 3_000 });
});

test('ending all faults returns to the profile; ending one ends that of the profile too', async () => {
  await server.control('DELETE', '/__sandbox/faults');
  await server.control('POST', '/__sandbox/faults', { echo: null });
  const plan = await server.json<FaultPlan>(server.control('GET', '/__sandbox/faults'));
  expect(plan).toEqual({ ...PROFILES.harsh, echo: null });
});

test('a fault can occur by chance', () => {
  const chances = [0.9, 0.1, 0.9];
  const faults = new Faults(
    FaultPlan.parse({ mint: { status: 503, oneIn: 4 } }),
    {},
    () => chances.shift() ?? 1,
  );
  expect([faults.take('mint'), faults.take('mint'), faults.take('mint')].map(Boolean)).toEqual([
    false,
    true,
    false,
  ]);
});
