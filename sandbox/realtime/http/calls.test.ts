import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { API_KEY, HttpHarness, OFFER } from '../testing/http-harness.ts';

const server = new HttpHarness();
beforeAll(() => server.start());
afterAll(() => server.close());
afterEach(() => vi.useRealTimers());

interface ErrorBody {
  error: { message: string; type: string; code: string | null; param: string | null };
}

test('preflight allows exactly what OpenAI allows', async () => {
  const response = await fetch(`${server.baseUrl}/realtime/calls`, { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS');
  expect(response.headers.get('access-control-allow-headers')).toBe(
    'authorization, content-type, x-openai-agents-sdk, openai-safety-identifier',
  );
});

test('a raw SDP offer with a secret is answered 201 with a relative Location and exposed headers', async () => {
  const response = await server.offer(await server.mint());
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('application/sdp');
  expect(response.headers.get('location')).toMatch(/^\/v1\/realtime\/calls\/rtc_[A-Za-z0-9_-]+$/);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-expose-headers')).toBe('Location, X-Request-Id');
  expect(await response.text()).toMatch(/^v=0/);
});

test('?model= is accepted and ignored', async () => {
  const secret = await server.mint();
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' };
  const response = await server.post('/realtime/calls?model=gpt-realtime', OFFER, headers);
  expect(response.status).toBe(201);
});

test('one secret opens several calls until it expires', async () => {
  const secret = await server.mint({ expires_after: { anchor: 'created_at', seconds: 10 } });
  expect((await server.offer(secret)).status).toBe(201);
  expect((await server.offer(secret)).status).toBe(201);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11_000 });
  const response = await server.offer(secret);
  expect(response.status).toBe(401);
  expect(((await response.json()) as ErrorBody).error.code).toBe('expired_client_secret');
});

test('an unknown secret is 401, with CORS headers so that a browser can read why', async () => {
  const response = await server.offer('ek_unknown');
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});

test.each([
  ['multipart parts with their own types', true],
  ['multipart plain strings', false],
])('the unified form takes %s', async (_what, typed) => {
  const session = JSON.stringify({
    type: 'realtime',
    model: 'gpt-realtime-2.1',
    instructions: 'You are Kit.',
  });
  const form = new FormData();
  form.set('sdp', typed ? new Blob([OFFER], { type: 'application/sdp' }) : OFFER);
  form.set('session', typed ? new Blob([session], { type: 'application/json' }) : session);
  const response = await fetch(`${server.baseUrl}/realtime/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'openai-safety-identifier': 'visitor-7' },
    body: form,
  });
  expect(response.status).toBe(201);
  const { calls } = await server.json<{ calls: object[] }>(server.control('GET', '/__sandbox/calls'));
  expect(calls.at(-1)).toMatchObject({
    safetyIdentifier: 'visitor-7',
    secret: null,
    session: { instructions: 'You are Kit.' },
  });
});

test('urlencoded fields and raw SDP with the API key work too', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const fields = new URLSearchParams({ sdp: OFFER }).toString();
  expect((await server.post('/realtime/calls', fields, headers)).status).toBe(201);
  expect((await server.offer(API_KEY)).status).toBe(201);
});

test('the safety identifier of the mint belongs to every call of its secret', async () => {
  const secret = await server.mint({}, { 'openai-safety-identifier': 'visitor-1' });
  await server.offer(secret);
  const { calls } = await server.json<{ calls: { safetyIdentifier: string; secret: string }[] }>(
    server.control('GET', '/__sandbox/calls'),
  );
  expect(calls.find((call) => call.secret === secret)?.safetyIdentifier).toBe('visitor-1');
});

test.each([
  ['bad SDP', 'hello', 'application/sdp', 'invalid_offer'],
  ['a wrong content type', OFFER, 'text/plain', 'unsupported_content_type'],
])('%s is refused with 400', async (_what, sdp, type, code) => {
  const headers = { authorization: `Bearer ${await server.mint()}`, 'content-type': type };
  const response = await server.post('/realtime/calls', sdp, headers);
  expect(response.status).toBe(400);
  expect(((await response.json()) as ErrorBody).error.code).toBe(code);
});

// The words: as a Flutter client met them, whose library adds the charset.
test.each(['text/plain', 'application/sdp; charset=utf-8'])('an offer as %s is refused', async (type) => {
  const headers = { authorization: `Bearer ${await server.mint()}`, 'content-type': type };
  const { error } = await server.json<ErrorBody>(server.post('/realtime/calls', OFFER, headers));
  expect(error).toMatchObject({
    code: 'unsupported_content_type',
    message: `Unsupported content type. This API method only accepts 'application/sdp' requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`,
  });
});

test('a form without sdp, or with a bad session, is refused with 400', async () => {
  const post = async (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const headers = { authorization: `Bearer ${API_KEY}` };
    const url = `${server.baseUrl}/realtime/calls`;
    return server.json<ErrorBody>(fetch(url, { method: 'POST', headers, body: form }));
  };
  expect((await post({ session: '{}' })).error).toMatchObject({ param: 'sdp' });
  expect((await post({ sdp: OFFER, session: 'nonsense' })).error.code).toBe('invalid_json');
  expect((await post({ sdp: OFFER, session: '{"type":"realtime","x":1}' })).error).toMatchObject({
    code: 'unknown_parameter',
    param: 'session.x',
  });
});

test('a model that cannot do realtime fails here, not at mint', async () => {
  const response = await server.offer(await server.mint({ session: { type: 'realtime', model: 'gpt-5' } }));
  expect(response.status).toBe(400);
  expect(((await response.json()) as ErrorBody).error.code).toBe('invalid_model');
});

test('hangup is 200 with an empty body, then 404 call_id_not_found', async () => {
  const callId = await server.openCall();
  const peer = server.media.peers.at(-1);
  const first = await server.post(`/realtime/calls/${callId}/hangup`);
  expect([first.status, await first.text()]).toEqual([200, '']);
  expect(peer?.closed).toBe(true);
  const second = await server.post(`/realtime/calls/${callId}/hangup`);
  expect(second.status).toBe(404);
  expect(await second.json()).toEqual({
    error: {
      message: 'No session found for the provided call_id',
      type: 'invalid_request_error',
      code: 'call_id_not_found',
      param: '',
    },
  });
});

test('hangup needs the API key', async () => {
  const callId = await server.openCall();
  const authorization = `Bearer ${await server.mint()}`;
  expect((await server.post(`/realtime/calls/${callId}/hangup`, undefined, { authorization })).status).toBe(
    401,
  );
});

test('the number of calls is bounded', async () => {
  const small = await new HttpHarness({ maxCalls: 1 }).start();
  const secret = await small.mint();
  expect((await small.offer(secret)).status).toBe(201);
  expect((await small.offer(secret)).status).toBe(429);
  small.media.peers[0]?.handlers.onClosed('remote');
  expect((await small.offer(secret)).status).toBe(201);
  await small.close();
});

test('an opened channel gets session.created, and a silent peer ends the call', async () => {
  await server.openCall();
  const peer = server.media.peers.at(-1);
  peer?.handlers.onChannelOpen();
  expect(JSON.parse(peer?.sent[0] ?? '{}')).toMatchObject({ type: 'session.created' });
  peer?.handlers.onClosed('silent');
  const { calls } = await server.json<{ calls: object[] }>(server.control('GET', '/__sandbox/calls'));
  expect(calls).toContainEqual(expect.objectContaining({ closeReason: 'peer_silent' }));
});

test('an offer without a data channel makes a call that a sideband can steer', async () => {
  const audioOnly = OFFER.split('m=application')[0] ?? '';
  const response = await server.offer(await server.mint(), audioOnly);
  expect(response.status).toBe(201);
  const peer = server.media.peers.at(-1);
  expect(peer?.hasDataChannel).toBe(false);
  peer?.handlers.onConnected();
  const callId = response.headers.get('location')?.split('/').pop();
  expect((await server.post(`/realtime/calls/${callId}/hangup`)).status).toBe(200);
});
