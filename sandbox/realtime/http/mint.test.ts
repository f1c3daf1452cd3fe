import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, HttpHarness } from '../testing/http-harness.ts';

const server = new HttpHarness();
beforeAll(() => server.start());
afterAll(() => server.close());

const PATH = '/realtime/client_secrets';

interface ErrorBody {
  error: { message: string; type: string; code: string | null; param: string | null };
}
const refused = (body: unknown, headers?: Record<string, string>) =>
  server.json<ErrorBody>(server.post(PATH, body, headers));

test('mint returns an ek_ secret, its expiry and the full session with defaults', async () => {
  const response = await server.post(PATH, {
    expires_after: { anchor: 'created_at', seconds: 60 },
    session: { type: 'realtime', model: 'gpt-realtime-2.1-mini', instructions: 'You are Wren.' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  const body = (await response.json()) as { value: string; expires_at: number; session: object };
  expect(body.value).toMatch(/^ek_[A-Za-z0-9]+$/);
  expect(body.expires_at - Date.now() / 1000).toBeGreaterThan(58);
  expect(body.expires_at - Date.now() / 1000).toBeLessThan(61);
  expect(body.session).toMatchObject({
    type: 'realtime',
    object: 'realtime.session',
    id: expect.stringMatching(/^sess_/),
    model: 'gpt-realtime-2.1-mini',
    instructions: 'You are Wren.',
    output_modalities: ['audio'],
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    include: null,
    expires_at: 0,
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24000 },
        transcription: null,
        noise_reduction: null,
        turn_detection: {
          type: 'server_vad',
          threshold: 0.5,
          prefix_padding_ms: 300,
          silence_duration_ms: 500,
          idle_timeout_ms: null,
          create_response: true,
          interrupt_response: true,
        },
      },
      output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'marin', speed: 1 },
    },
  });
});

test('without expires_after a secret lives 600 seconds', async () => {
  const { expires_at } = await server.json<{ expires_at: number }>(server.post(PATH, {}));
  expect(Math.round(expires_at - Date.now() / 1000)).toBeGreaterThanOrEqual(598);
});

test('silence_duration_ms defaults to 200 on the first gpt-realtime', async () => {
  const { session } = await server.json<{ session: object }>(
    server.post(PATH, { session: { type: 'realtime', model: 'gpt-realtime' } }),
  );
  expect(session).toMatchObject({ audio: { input: { turn_detection: { silence_duration_ms: 200 } } } });
});

test.each([
  [9, 'integer_below_min_value'],
  [7201, 'integer_above_max_value'],
  ['60', 'invalid_type'],
  [10.5, 'invalid_type'],
])('a TTL of %s seconds is refused with 400', async (seconds, code) => {
  const body = { expires_after: { anchor: 'created_at', seconds } };
  expect((await server.post(PATH, body)).status).toBe(400);
  expect((await refused(body)).error).toMatchObject({
    type: 'invalid_request_error',
    code,
    param: 'expires_after.seconds',
  });
});

test.each([10, 7200])('a TTL of %s seconds is allowed', async (seconds) => {
  expect((await server.post(PATH, { expires_after: { anchor: 'created_at', seconds } })).status).toBe(200);
});

test.each([
  [{ type: 'realtime', foo: 1 }, 'unknown_parameter', 'session.foo'],
  [{ type: 'realtime', voice: 'marin' }, 'unknown_parameter', 'session.voice'],
  [{ type: 'realtime', audio: { input: { vad: 1 } } }, 'unknown_parameter', 'session.audio.input.vad'],
  [{ model: 'gpt-realtime-2.1' }, 'missing_required_parameter', 'session.type'],
  [{ type: 'other' }, 'invalid_value', 'session.type'],
  [{ type: 'translation' }, 'invalid_value', 'session.type'],
  [
    { type: 'realtime', tools: [{ type: 'mcp', server_label: 'shop', server_url: 'https://shop.example' }] },
    'invalid_value',
    'session.tools[0].server_url',
  ],
  [{ type: 'realtime', prompt: { id: 'pmpt_1' } }, 'invalid_value', 'session.prompt'],
  [
    { type: 'transcription', include: ['item.input_audio_transcription.logprobs'] },
    'invalid_type',
    'session.include[0]',
  ],
  [{ type: 'transcription', instructions: 'Listen.' }, 'unknown_parameter', 'session.instructions'],
  [{ type: 'realtime', instructions: 5 }, 'invalid_type', 'session.instructions'],
  [{ type: 'realtime', audio: { output: { voice: 'bob' } } }, 'invalid_value', 'session.audio.output.voice'],
  [
    { type: 'realtime', audio: { output: { speed: 2 } } },
    'decimal_above_max_value',
    'session.audio.output.speed',
  ],
  [{ type: 'realtime', output_modalities: ['audio', 'text'] }, 'invalid_value', 'session.output_modalities'],
  [
    { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 100 } } } },
    'integer_below_min_value',
    'session.audio.input.turn_detection.idle_timeout_ms',
  ],
  [
    { type: 'realtime', tools: [{ type: 'function', name: 'a b' }] },
    'invalid_value',
    'session.tools[0].name',
  ],
  [{ type: 'realtime', max_output_tokens: 'many' }, 'invalid_value', 'session.max_output_tokens'],
])('session %j is refused as %s', async (session, code, param) => {
  const response = await server.post(PATH, { session });
  expect(response.status).toBe(400);
  const { error } = (await response.json()) as ErrorBody;
  expect(error).toMatchObject({ type: 'invalid_request_error', code, param });
  expect(error.message).not.toBe('');
});

test('mint does not check that the model can do realtime', async () => {
  expect((await server.post(PATH, { session: { type: 'realtime', model: 'gpt-5' } })).status).toBe(200);
});

test.each([
  ['', null],
  ['Bearer sk-other-key-that-is-long', 'invalid_api_key'],
  ['Basic abc', null],
])('authorization %j is refused with 401', async (authorization, code) => {
  const response = await server.post(PATH, {}, { authorization });
  expect(response.status).toBe(401);
  const { error } = (await response.json()) as ErrorBody;
  expect(error).toMatchObject({ type: 'invalid_request_error', code });
  expect(error.message).not.toContain('other-key');
});

test('an ephemeral secret cannot mint another', async () => {
  const secret = await server.mint();
  expect((await server.post(PATH, {}, { authorization: `Bearer ${secret}` })).status).toBe(401);
});

test('a body that is not JSON, or too large, is refused', async () => {
  expect((await refused('{nonsense')).error.code).toBe('invalid_json');
  const huge = { session: { type: 'realtime', instructions: 'x'.repeat(300_000) } };
  expect((await server.post(PATH, huge)).status).toBe(413);
});

// openai-openapi#502. What `fetch` sends of a string, without the header, is text.
test('a body that does not say it is JSON is refused', async () => {
  const type = 'text/plain;charset=UTF-8';
  expect((await refused('{}', { 'content-type': type })).error).toMatchObject({
    code: 'unsupported_content_type',
    param: null,
    message: `Unsupported content type: '${type}'. This API method only accepts 'application/json' requests, but you specified the header 'Content-Type: ${type}'. Please try again with a supported content type.`,
  });
  const charset = { 'content-type': 'application/json; charset=utf-8' };
  expect((await server.post(PATH, {}, charset)).status).toBe(200);
  const empty = { method: 'POST', headers: { authorization: `Bearer ${API_KEY}` } };
  expect((await fetch(server.baseUrl + PATH, empty)).status).toBe(200);
});

test('without a configured key, any key that looks like one is accepted', async () => {
  const open = await new HttpHarness({ apiKey: null }).start();
  const post = (authorization: string) => open.post(PATH, {}, { authorization });
  expect((await post('Bearer sk-anything')).status).toBe(200);
  expect((await post('Bearer anything')).status).toBe(401);
  await open.close();
});

test('other methods and paths are refused as OpenAI refuses them', async () => {
  expect((await fetch(server.baseUrl + PATH)).status).toBe(405);
  expect((await server.post('/realtime/nowhere', {})).status).toBe(404);
});
