import { once } from 'node:events';
import { get } from 'node:https';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { API_KEY, HttpHarness } from '../../testing/http-harness.ts';

const server = new HttpHarness();
beforeAll(() => server.start());
afterEach(() => vi.useRealTimers());
afterAll(() => server.close());

interface Event {
  type: string;
  [key: string]: unknown;
}

/** A client that keeps what it receives from the first moment on. */
class Client {
  readonly socket: WebSocket;
  readonly events: Event[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(query: string, protocols: string[] = [], options: ClientOptions = {}, scheme = 'ws') {
    const url = `${server.baseUrl.replace('http', scheme)}/realtime${query}`;
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('message', (data) => this.events.push(JSON.parse(String(data))));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  async next(type: string): Promise<Event> {
    for (;;) {
      const index = this.events.findIndex((event) => event.type === type);
      if (index >= 0) return this.events.splice(0, index + 1).at(-1) as Event;
      await once(this.socket, 'message');
    }
  }

  send(event: Event): void {
    this.socket.send(JSON.stringify(event));
  }
}

const asServer = { headers: { authorization: `Bearer ${API_KEY}` } };
const MODEL = '?model=gpt-realtime-2.1';

async function status(client: Client): Promise<number> {
  client.socket.on('error', () => undefined);
  const [, response] = await once(client.socket, 'unexpected-response');
  return response.statusCode;
}

test('a server with the key opens a session, speaks, and ends it by closing', async () => {
  const client = new Client(MODEL, [], asServer);
  const { session } = await client.next('session.created');
  expect(session).toMatchObject({ type: 'realtime', model: 'gpt-realtime-2.1' });
  expect((session as { expires_at: number }).expires_at).toBeGreaterThan(Date.now() / 1_000);
  client.send({ type: 'response.create' });
  expect((await client.next('response.output_audio.delta')).delta).toEqual(expect.any(String));
  await client.next('response.done');
  client.socket.close();
  expect((await client.closed).code).toBe(1005);
  const { calls } = await server.json<{ calls: object[] }>(server.control('GET', '/__sandbox/calls'));
  expect(calls.at(-1)).toMatchObject({ connected: true, closeReason: 'peer_remote' });
});

test('what a client sends before the session is ready is not lost', async () => {
  const client = new Client(MODEL, [], asServer);
  await once(client.socket, 'open');
  client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'You are Kit.' } });
  expect((await client.next('session.updated')).session).toMatchObject({ instructions: 'You are Kit.' });
  client.socket.close();
});

test('a browser offers its ephemeral secret as a subprotocol, and gets the session of the secret', async () => {
  const secret = await server.mint({ session: { type: 'realtime', instructions: 'You are Kit.' } });
  const client = new Client(MODEL, ['realtime', `openai-insecure-api-key.${secret}`]);
  expect((await client.next('session.created')).session).toMatchObject({ instructions: 'You are Kit.' });
  expect(client.socket.protocol).toBe('realtime');
  client.socket.close();
});

test.each([
  ['without a model', '', [], asServer, 4_000, 'missing_model'],
  ['with a model that cannot converse', '?model=gpt-5', [], asServer, 4_000, 'invalid_model'],
  [
    'with a wrong key',
    MODEL,
    [],
    { headers: { authorization: 'Bearer sk-wrong' } },
    3_000,
    'invalid_api_key',
  ],
  [
    'with an unknown secret',
    MODEL,
    ['realtime', 'openai-insecure-api-key.ek_x'],
    {},
    3_000,
    'invalid_api_key',
  ],
  [
    'with the beta header',
    MODEL,
    [],
    { headers: { ...asServer.headers, 'openai-beta': 'realtime=v1' } },
    4_000,
    'beta_api_shape_disabled',
  ],
  ['with a model for a transcription', `${MODEL}&intent=transcription`, [], asServer, 4_000, 'invalid_model'],
])(
  '%s the reason comes as an event and as the reason of the close',
  async (_, query, protocols, options, code, reason) => {
    const client = new Client(query, protocols, options);
    const closed = client.closed;
    expect((await client.next('error')).error).toMatchObject({ code: reason, event_id: null });
    expect(await closed).toEqual({ code, reason: `invalid_request_error.${reason}` });
  },
);

test('intent=transcription and a secret of that type open a session that transcribes', async () => {
  const byIntent = new Client('?intent=transcription', [], asServer);
  const secret = await server.mint({
    session: { type: 'transcription', audio: { input: { transcription: { model: 'whisper-1' } } } },
  });
  const bySecret = new Client('', ['realtime', `openai-insecure-api-key.${secret}`]);
  const shown = { type: 'transcription', object: 'realtime.transcription_session' };
  expect((await byIntent.next('session.created')).session).toMatchObject(shown);
  expect((await bySecret.next('session.created')).session).toMatchObject({
    ...shown,
    audio: { input: { transcription: { model: 'whisper-1' } } },
  });
  byIntent.socket.close();
  bySecret.socket.close();
});

test('wss and https work on the same port, for who trusts the certificate of this start', async () => {
  const ca = await (await fetch(new URL('/__sandbox/certificate', server.baseUrl))).text();
  const client = new Client(MODEL, [], { ...asServer, ca }, 'wss');
  await client.next('session.created');
  client.socket.close();
  const health = new URL('/__sandbox/health', server.baseUrl.replace('http', 'https'));
  const response = await new Promise<{ statusCode?: number }>((resolve) =>
    get(health, { ca, agent: false }, resolve),
  );
  expect(response.statusCode).toBe(200);
  const stranger = new Client(MODEL, [], asServer, 'wss');
  expect((await once(stranger.socket, 'error'))[0]).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('faults of calls reach sockets too', async () => {
  await server.control('POST', '/__sandbox/faults', { calls: { status: 429, times: 1 } });
  expect(await status(new Client(MODEL, [], asServer))).toBe(429);
  const client = new Client(MODEL, [], asServer);
  await client.next('session.created');
  await server.control('POST', '/__sandbox/faults', { now: { action: 'drop_channel' } });
  expect((await client.closed).code).toBe(1006);
});

// reachy_mini_conversation_app#134 and others: 1001 (going away), with the sentence of the error event.
test('a session that is over says so with the close too', async () => {
  const client = new Client(MODEL, [], asServer);
  await client.next('session.created');
  await server.control('POST', '/__sandbox/faults', { now: { action: 'expire_session' } });
  const { message, code } = (await client.next('error')).error as { message: string; code: string };
  expect(code).toBe('session_expired');
  expect(await client.closed).toEqual({ code: 1_001, reason: message });
  expect(message).toBe('Your session hit the maximum duration of 60 minutes.');
});

test('a client that died without a word loses its session after two minutes; one that lives does not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const dead = new Client(MODEL, [], { ...asServer, autoPong: false });
  const alive = new Client(MODEL, [], asServer);
  await Promise.all([dead.next('session.created'), alive.next('session.created')]);
  vi.advanceTimersByTime(60_000);
  await Promise.all([once(dead.socket, 'ping'), once(alive.socket, 'ping')]);
  alive.send({ type: 'input_audio_buffer.clear' });
  await alive.next('input_audio_buffer.cleared');
  vi.advanceTimersByTime(60_000);
  expect((await dead.closed).code).toBe(1_006);
  alive.send({ type: 'input_audio_buffer.clear' });
  await alive.next('input_audio_buffer.cleared');
  alive.socket.close();
});

test('the number of sessions is bounded', async () => {
  const small = await new HttpHarness({ maxCalls: 1 }).start();
  const open = () => new WebSocket(`${small.baseUrl.replace('http', 'ws')}/realtime${MODEL}`, asServer);
  const first = open();
  await once(first, 'message');
  const second = open();
  const [data] = await once(second, 'message');
  expect(JSON.parse(String(data)).error.code).toBe('rate_limit_exceeded');
  await small.close();
});
