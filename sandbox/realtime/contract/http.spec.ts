import { expect } from 'playwright/test';
import { WebSocket } from 'ws';
import type { CallPage } from './call-page.ts';
import { costsMoney, POLICY, sandboxOnly, test } from './fixtures.ts';

interface ErrorBody {
  error: { code: string | null; param: string | null };
}

test('mint: ek_ value, expires_at and the full session with defaults', async ({ api }) => {
  const response = await api.post('/realtime/client_secrets', {
    expires_after: { anchor: 'created_at', seconds: 60 },
    session: { type: 'realtime', model: 'gpt-realtime-2.1' },
  });
  expect(response.status).toBe(200);
  const { value, expires_at, session } = await response.json();
  expect(value).toMatch(/^ek_/);
  expect(expires_at - Date.now() / 1_000).toBeGreaterThan(50);
  expect(session).toMatchObject({
    type: 'realtime',
    object: 'realtime.session',
    expires_at: 0,
    output_modalities: ['audio'],
    audio: {
      input: { turn_detection: { type: 'server_vad', silence_duration_ms: 500, create_response: true } },
      output: { speed: 1 },
    },
  });
});

for (const [what, body] of [
  ['a TTL below 10 s', { expires_after: { anchor: 'created_at', seconds: 9 } }],
  ['a TTL above 7200 s', { expires_after: { anchor: 'created_at', seconds: 7_201 } }],
  ['no session.type', { session: { model: 'gpt-realtime-2.1' } }],
  ['an unknown key', { session: { type: 'realtime', foo: 1 } }],
] as const) {
  test(`mint: ${what} is refused with 400 and a body`, async ({ api }) => {
    const response = await api.post('/realtime/client_secrets', body);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorBody;
    expect(error).toMatchObject({ type: 'invalid_request_error' });
    if (what === 'an unknown key') {
      expect(error).toMatchObject({ code: 'unknown_parameter', param: 'session.foo' });
    }
  });
}

test('mint: a wrong key is 401', async ({ api }) => {
  const headers = { authorization: 'Bearer sk-wrong-key-of-nobody' };
  const response = await api.post('/realtime/client_secrets', {}, headers);
  expect(response.status).toBe(401);
  expect(((await response.json()) as ErrorBody).error.code).toBe('invalid_api_key');
});

test('calls: the preflight allows the headers of both SDKs, and the page may read Location', async ({
  api,
}) => {
  const response = await fetch(api.callsUrl, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-openai-agents-sdk',
    },
  });
  expect(response.ok).toBe(true);
  const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase();
  for (const header of ['authorization', 'content-type', 'x-openai-agents-sdk']) {
    expect(allowed).toContain(header);
  }
});

test('calls: an unknown secret is refused, and the page can read why', async ({ open }) => {
  await expect(open('bare', { secret: 'ek_unknown' })).rejects.toThrow(/401 .*"error"/s);
});

test('calls: the secret opens several calls until it expires', async ({ open, api }) => {
  const secret = await api.mint(POLICY);
  const first = await open('bare', { secret });
  const second = await open('bare', { secret });
  await first.next('session.created');
  await second.next('session.created');
  expect(first.callId).not.toBe(second.callId);
});

test('calls: multipart sdp and session with the key; 201, relative Location; ?model is ignored', async ({
  page,
  api,
}) => {
  const sdp = await page.evaluate(async () => {
    const peer = new RTCPeerConnection();
    peer.addTransceiver('audio', { direction: 'recvonly' });
    await peer.setLocalDescription();
    return peer.localDescription?.sdp ?? '';
  });
  const form = new FormData();
  form.set('sdp', new Blob([sdp], { type: 'application/sdp' }));
  form.set('session', new Blob([JSON.stringify(POLICY)], { type: 'application/json' }));
  const query = api.target.isLive ? '' : '?model=gpt-4';
  const response = await fetch(`${api.callsUrl}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.target.apiKey}` },
    body: form,
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('location')).toMatch(/^\/v1\/realtime\/calls\/rtc_/);
  const answer = await response.text();
  expect(answer).not.toContain('m=application');
  await api.hangUp(response.headers.get('location')?.split('/').pop() ?? null);
});

test('calls: a model that cannot do realtime is invalid_model', async ({ open }) => {
  await expect(open('bare', { policy: { model: 'gpt-4.1-mini' } })).rejects.toThrow(/400 .*invalid_model/s);
});

test('safety identifier: recorded for every call of its secret', async ({ open, api }) => {
  sandboxOnly(api);
  const secret = await api.mint(POLICY, { 'OpenAI-Safety-Identifier': 'visitor-of-the-suite' });
  const call = await open('bare', { secret });
  expect(await api.callLog(call.callId)).toMatchObject({ safetyIdentifier: 'visitor-of-the-suite' });
});

test.describe('sideband', () => {
  const join = (call: CallPage, baseUrl: string, bearer: string): WebSocket =>
    new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/realtime?call_id=${call.callId}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });

  test('no session.created; its session.update is acknowledged, and every event is mirrored', async ({
    open,
    api,
  }) => {
    costsMoney(api);
    const call = await open('bare');
    await call.next('session.created');
    const socket = join(call, api.target.baseUrl, api.target.apiKey);
    const heard: { type: string }[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ type: 'session.update', session: { type: 'realtime', tools: [] } }));
    await call.next('session.updated');
    await call.type('Thank you!');
    await call.next('output_audio_buffer.stopped');
    await expect.poll(() => heard.map(({ type }) => type)).toContain('output_audio_buffer.stopped');
    expect(heard[0]?.type).toBe('session.updated');
    const types = (await call.events()).map(({ type }) => type).filter((type) => type !== 'session.created');
    expect(heard.map(({ type }) => type)).toEqual(types);
    socket.close();
  });

  test('an ephemeral secret gets the 404 of an unknown call', async ({ open, api }) => {
    const secret = await api.mint(POLICY);
    const call = await open('bare', { secret });
    const socket = join(call, api.target.baseUrl, secret);
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(404);
    socket.terminate();
  });
});
