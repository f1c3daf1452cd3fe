import { expect } from 'playwright/test';
import { test } from '../fixtures.ts';
import { newPerson } from './people.ts';
import { sandboxCall } from './sandbox-faults.ts';
import { Stage } from './stage.ts';

const ALLOWANCE_SECONDS = 3600;
/** Less than this is no conversation (LEAST_SECONDS in lib/server/ledger.ts). */
const SHORTEST_CALL_SECONDS = 15;

let stage: Stage;
test.beforeAll(async () => {
  stage = await Stage.start();
});
test.afterAll(() => stage.close());

test('the deadline ends a live call at the provider within two seconds, with the tab closed', async ({
  page,
}) => {
  const person = await newPerson();
  const day = new Date().toISOString().slice(0, 10);
  const spent = ALLOWANCE_SECONDS - SHORTEST_CALL_SECONDS;
  await stage.redis.hset(`voice:account:${person.id}:${day}`, { spent, held: 0 });

  const minted = await stage.mint(person);
  const ticket = JSON.parse(minted.text);
  expect(ticket.callSeconds).toBe(SHORTEST_CALL_SECONDS);
  const { callId, callUrl, secret } = ticket;

  // Not the app's page: a caller of their own, which never hangs up and never says goodbye.
  const offer = await page.evaluate(async () => {
    const peer = new RTCPeerConnection();
    Object.assign(window, { peer });
    const sound = new AudioContext().createMediaStreamDestination();
    for (const track of sound.stream.getTracks()) peer.addTrack(track, sound.stream);
    peer.createDataChannel('oai-events');
    await peer.setLocalDescription();
    return peer.localDescription?.sdp ?? '';
  });
  const answer = await fetch(callUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret.value}`,
      'content-type': 'application/sdp',
      origin: stage.url,
      cookie: person.cookie,
    },
    body: offer,
  });
  expect(answer.status).toBe(201);
  const sdp = await answer.text();
  await page.evaluate(async (sdp) => {
    const { peer } = window as unknown as { peer: RTCPeerConnection };
    await peer.setRemoteDescription({ type: 'answer', sdp });
  }, sdp);
  const location = answer.headers.get('location');
  if (location) {
    const body = { rtcCallId: location.split('/').at(-1) };
    await stage.send(`/api/voice/calls/${callId}/connected`, { as: person, body });
  }
  const rtcCallId = await stage.redis.hget<string>(`voice:call:${callId}`, 'rtcCallId');
  await expect.poll(async () => (await sandboxCall(rtcCallId ?? ''))?.connected).toBe(true);

  await expect
    .poll(async () => (await sandboxCall(rtcCallId ?? ''))?.endedAt, {
      timeout: (SHORTEST_CALL_SECONDS + 5) * 1000,
    })
    .not.toBeNull();
  const call = await sandboxCall(rtcCallId ?? '');
  expect(call?.closeReason).toBe('hangup');
  const lateMs = Date.parse(call?.endedAt ?? '') - Date.parse(ticket.deadline);
  expect(lateMs).toBeGreaterThan(-1000);
  expect(lateMs).toBeLessThan(2000);
  expect(await stage.redis.hget(`voice:call:${callId}`, 'reason')).toBe('time_limit');
  await expect.poll(() => stage.server.printed).toContain('"reason":"time_limit"');
  const entries = await stage.redis.xrange<Record<string, string>>('voice:audit', '-', '+');
  expect(Object.values(entries)).toContainEqual(expect.objectContaining({ event: 'call_ended', callId }));
});
