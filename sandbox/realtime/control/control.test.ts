import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpHarness } from '../testing/http-harness.ts';

let server: HttpHarness;
beforeEach(async () => {
  server = await new HttpHarness().start();
});
afterEach(() => server.close());

const order = (body: object) => server.control('POST', '/__sandbox/faults', body);
const mintStatus = async () => (await server.post('/realtime/client_secrets', {})).status;

test('a fault strikes as often as ordered, then never again', async () => {
  await order({ mint: { status: 429, times: 2 } });
  expect([await mintStatus(), await mintStatus(), await mintStatus()]).toEqual([429, 429, 200]);
});

test.each([401, 403, 429, 500, 503])('mint, calls and hangup can be made to fail with %s', async (status) => {
  const callId = await server.openCall();
  const secret = await server.mint();
  await order({ mint: { status }, calls: { status }, hangup: { status } });
  expect(await mintStatus()).toBe(status);
  expect((await server.offer(secret)).status).toBe(status);
  expect((await server.post(`/realtime/calls/${callId}/hangup`)).status).toBe(status);
  await server.control('DELETE', '/__sandbox/faults');
  expect(await mintStatus()).toBe(200);
});

test('a fault can answer garbage, late, or never', async () => {
  await order({ mint: { garbage: true, times: 1 } });
  const garbage = await server.post('/realtime/client_secrets', {});
  expect([garbage.status, await garbage.text()]).toEqual([200, '<oops>']);

  await order({ mint: { latencyMs: 150, times: 1 } });
  const before = performance.now();
  expect(await mintStatus()).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(145);

  await order({ mint: { timeout: true, times: 1 } });
  const abandoned = fetch(`${server.baseUrl}/realtime/client_secrets`, {
    method: 'POST',
    signal: AbortSignal.timeout(100),
  });
  await expect(abandoned).rejects.toThrow();
  expect(await mintStatus()).toBe(200);
});

test('other services: a secret of another form, strict CORS, and a call without a name', async () => {
  await order({ mint: { secretPrefix: 'vcst_' }, calls: { noLocation: true }, strictCors: {} });
  const secret = await server.mint();
  expect(secret).toMatch(/^vcst_/);
  const preflight = await fetch(`${server.baseUrl}/realtime/calls`, { method: 'OPTIONS' });
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, content-type');
  const answered = await server.offer(secret);
  expect([answered.status, answered.headers.get('location')]).toEqual([201, null]);
});

test('refuseIce spoils the password of the answer', async () => {
  await order({ refuseIce: { times: 1 } });
  const secret = await server.mint();
  const [spoiled, good] = [await server.offer(secret), await server.offer(secret)];
  expect(await spoiled.text()).toContain('a=ice-pwd:xxxxxxxxxxxxxxxxxxxxxxxx');
  expect(await good.text()).not.toContain('xxxxxxxx');
});

test('response and transcription faults reach the next call', async () => {
  await order({ response: { code: 'insufficient_quota', times: 1 } });
  await server.openCall();
  const peer = server.media.peers.at(-1);
  peer?.handlers.onMessage('{"type":"response.create"}');
  const done = peer?.sent.map((text) => JSON.parse(text)).find(({ type }) => type === 'response.done');
  expect(done?.response.status_details.error.code).toBe('insufficient_quota');
});

test.each([
  ['drop_channel', (peer: HttpHarness['media']['peers'][number]) => peer.channelClosed],
  ['freeze_audio', (peer: HttpHarness['media']['peers'][number]) => peer.frozen],
  ['kill_peer', (peer: HttpHarness['media']['peers'][number]) => peer.closed],
] as const)('%s strikes a live call at once', async (action, struck) => {
  const callId = await server.openCall();
  const peer = server.media.peers[0];
  await order({ now: { action, callId } });
  expect(peer && struck(peer)).toBe(true);
});

test('expire_session sends session_expired', async () => {
  await server.openCall();
  await order({ now: { action: 'expire_session' } });
  const [sent] = server.media.peers[0]?.sent ?? [];
  expect(JSON.parse(sent ?? '{}')).toMatchObject({ type: 'error', error: { code: 'session_expired' } });
});

test('expire_secrets ends the time of the secrets so far, and of none later', async () => {
  const early = await server.mint();
  await order({ now: { action: 'expire_secrets' } });
  const refused = await server.offer(early);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: { code: 'expired_client_secret' } });
  expect((await server.offer(await server.mint())).status).toBe(201);
});

test('an unknown fault or call is refused, and everything needs the API key', async () => {
  expect((await order({ mint: { statuss: 500 } })).status).toBe(400);
  expect((await order({ now: { action: 'expire_secrets', callId: 'rtc_one' } })).status).toBe(400);
  expect((await order({ now: { action: 'kill_peer', callId: 'rtc_none' } })).status).toBe(404);
  for (const path of ['/__sandbox/calls', '/__sandbox/faults']) {
    expect((await fetch(new URL(path, server.baseUrl))).status).toBe(401);
  }
});

test('GET /__sandbox/calls shows events of both sides, audio seconds and the close reason', async () => {
  const callId = await server.openCall();
  const peer = server.media.peers[0];
  peer?.handlers.onConnected();
  peer?.handlers.onChannelOpen();
  peer?.handlers.onAudio(new Int16Array(48_000));
  peer?.handlers.onMessage('{"type":"input_audio_buffer.clear"}');
  await server.post(`/realtime/calls/${callId}/hangup`);
  const { calls } = await server.json<{ calls: { events: { from: string; type: string }[] }[] }>(
    server.control('GET', '/__sandbox/calls'),
  );
  expect(calls[0]).toMatchObject({
    id: callId,
    connected: true,
    closeReason: 'hangup',
    audioSecondsReceived: 1,
    session: { model: 'gpt-realtime-2.1' },
  });
  expect(calls[0]?.events.map(({ from, type }) => [from, type])).toEqual([
    ['server', 'session.created'],
    ['client', 'input_audio_buffer.clear'],
    ['server', 'input_audio_buffer.cleared'],
  ]);
});
