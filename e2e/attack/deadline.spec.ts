import { expect, type Page } from 'playwright/test';
import { test } from '../fixtures.ts';
import { newPerson } from './people.ts';
import { sandboxCall } from './sandbox-faults.ts';
import { Stage } from './stage.ts';

const ALLOWANCE_SECONDS = 3600;
/** Less than this is no conversation (LEAST_SECONDS in lib/server/ledger.ts). */
const SHORTEST_CALL_SECONDS = 15;

const stages: Stage[] = [];
test.beforeAll(async () => {
  for (const mode of ['direct', 'relay']) stages.push(await Stage.start({ env: { VOICE_CONNECT: mode } }));
});
test.afterAll(() => Promise.all(stages.map((stage) => stage.close())));

/** A caller of their own, not the app's page: it never hangs up and never says goodbye. */
async function makeOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const peer = new RTCPeerConnection();
    Object.assign(window, { peer });
    const sound = new AudioContext().createMediaStreamDestination();
    for (const track of sound.stream.getTracks()) peer.addTrack(track, sound.stream);
    peer.createDataChannel('oai-events');
    await peer.setLocalDescription();
    return peer.localDescription?.sdp ?? '';
  });
}

const acceptAnswer = (page: Page, sdp: string) =>
  page.evaluate(async (sdp) => {
    const { peer } = window as unknown as { peer: RTCPeerConnection };
    await peer.setRemoteDescription({ type: 'answer', sdp });
  }, sdp);

/** Opens the shortest call there is, and talks. Answers its ids and its deadline. */
async function callOnce(stage: Stage, page: Page) {
  const person = await newPerson();
  const day = new Date().toISOString().slice(0, 10);
  const spent = ALLOWANCE_SECONDS - SHORTEST_CALL_SECONDS;
  await stage.redis.hset(`voice:account:${person.id}:${day}`, { spent, held: 0 });

  const { callId, callUrl, secret, callSeconds, deadline } = JSON.parse((await stage.mint(person)).text);
  expect(callSeconds).toBe(SHORTEST_CALL_SECONDS);
  const answer = await fetch(callUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret.value}`,
      'content-type': 'application/sdp',
      origin: stage.url,
      cookie: person.cookie,
    },
    body: await makeOffer(page),
  });
  expect(answer.status).toBe(201);
  await acceptAnswer(page, await answer.text());
  // Only a direct call tells its caller the provider's id.
  const rtcCallId = answer.headers.get('location')?.split('/').at(-1);
  if (rtcCallId) {
    await stage.send(`/api/voice/calls/${callId}/connected`, { as: person, body: { rtcCallId } });
  }
  const known = await stage.redis.hget<string>(`voice:call:${callId}`, 'rtcCallId');
  return { callId, rtcCallId: known ?? '', deadline };
}

async function endsAtDeadline(stage: Stage, page: Page): Promise<void> {
  const { callId, rtcCallId, deadline } = await callOnce(stage, page);
  await expect.poll(async () => (await sandboxCall(rtcCallId))?.connected).toBe(true);
  const timeout = (SHORTEST_CALL_SECONDS + 5) * 1000;
  await expect.poll(async () => (await sandboxCall(rtcCallId))?.endedAt, { timeout }).not.toBeNull();

  const call = await sandboxCall(rtcCallId);
  expect(call?.closeReason).toBe('hangup');
  const lateMs = Date.parse(call?.endedAt ?? '') - Date.parse(deadline);
  expect(lateMs).toBeGreaterThan(-1000);
  expect(lateMs).toBeLessThan(2000);
  await expect.poll(() => stage.redis.hget(`voice:call:${callId}`, 'reason')).toBe('time_limit');
  await expect
    .poll(async () => Object.values((await stage.redis.xrange('voice:audit', '-', '+')) ?? {}))
    .toContainEqual(expect.objectContaining({ event: 'call_ended', callId, reason: 'time_limit' }));
}

test('the deadline ends a live call at the provider within two seconds, with the tab closed, in both modes', async ({
  context,
}) => {
  const pages = [await context.newPage(), await context.newPage()];
  await Promise.all(stages.map((stage, i) => endsAtDeadline(stage, pages[i] as Page)));
});
