import { randomUUID } from 'node:crypto';
import { startRedis } from '@parley/redis-sandbox';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { reapAll } from '@/lib/server/endings/reap';
import { unattendedWork } from '@/lib/server/platform/background';
import { log } from '@/lib/server/platform/log';
import { traceIdsOf } from '@/lib/server/platform/trace-id';
import { auditName } from '@/lib/server/records/audit';
import { requireOwnCall } from '@/lib/server/records/stored-call';
import {
  createCallFixture,
  dial,
  end,
  eventually,
  open,
  openAndConnect,
  openWith,
  passSeconds,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { type ReceivedSpan, startTraceSink } from '@/lib/server/testing/trace-sink';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { traceTurns } from '@/lib/server/tracing/call-spans';
import { BUILD } from '@/lib/shared/build';
import type { CallId } from '@/lib/shared/ids';

const fixture = createCallFixture(startRedis);
let sink: Awaited<ReturnType<typeof startTraceSink>>;

beforeAll(async () => {
  sink = await startTraceSink();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = sink.url;
  process.env.OTEL_EXPORTER_OTLP_HEADERS = 'Authorization=Basic%20cGs6c2s=,x-extra=4';
  process.env.OTEL_SERVICE_NAME = 'voice of the test';
  process.env.OTEL_RESOURCE_ATTRIBUTES = 'deployment.environment.name=staging';
});
afterAll(() => sink.close());
beforeEach(() => {
  sink.received.length = 0;
  sink.next.before = async () => undefined;
  sink.next.status = 200;
});

/** Of `SpanKind` in OTLP. */
const [INTERNAL, CLIENT] = [1, 3];

const TURN = {
  atMs: 2000,
  waitMs: 800,
  tokens: { inputText: 119, inputAudio: 13, inputCached: 64, outputText: 30, outputAudio: 91 },
};

const spansOf = (callId: CallId) => {
  const { traceId } = traceIdsOf(callId);
  return sink.spans().filter((span) => span.traceId === traceId);
};

/** Names by the GenAI conventions: the operation, then the model or the agent. */
const CHAT = 'chat gpt-realtime-2.1-mini';
const isRoot = ({ name }: ReceivedSpan) => name.startsWith('invoke_agent ');

const untilRootOf = (callId: CallId) => eventually(() => expect(spansOf(callId).some(isRoot)).toBe(true));

/** The tree without ids and times, in the order of the beginnings. */
function toTree(spans: readonly ReceivedSpan[], parent = ''): object[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)))
    .map(({ name, kind, attributes, status, spanId }) => ({
      name,
      kind,
      attributes,
      ...(status.code === 2 ? { failed: true } : {}),
      ...(toTree(spans, spanId).length > 0 ? { parts: toTree(spans, spanId) } : {}),
    }));
}

const names = (callId: CallId) => spansOf(callId).map(({ name }) => name);

test('a call is one tree: let in, minted, connected, its turns and tools, hung up, settled', async () => {
  const canary = `canary-${randomUUID()}`;
  const user = visitor({ name: `Name ${canary}` });
  const { callId } = await openAndConnect(user);
  const request = toolRequest({ text: canary });
  await runToolOnce(user, callId, 'echo', request);
  passSeconds(60);
  const call = await requireOwnCall(user.id, callId);
  await end(user, callId);
  traceTurns(call, [TURN, { ...TURN, atMs: 9000, waitMs: null }]);
  await untilRootOf(callId);
  await eventually(() => expect(spansOf(callId)).toHaveLength(9));

  const provider = { 'gen_ai.provider.name': 'openai' };
  const model = { 'gen_ai.request.model': 'gpt-realtime-2.1-mini' };
  const chat = {
    ...provider,
    ...model,
    'gen_ai.operation.name': 'chat',
    'gen_ai.conversation.id': callId,
    'parley.reported_by': 'browser',
    'gen_ai.usage.input_tokens': 132,
    'gen_ai.usage.output_tokens': 121,
    'gen_ai.usage.cache_read.input_tokens': 64,
    'gen_ai.usage.audio.input_tokens': 13,
    'gen_ai.usage.audio.output_tokens': 91,
    'gen_ai.usage.text.input_tokens': 119,
    'gen_ai.usage.text.output_tokens': 30,
  };
  const [root, ...others] = toTree(spansOf(callId)) as { parts: object[] }[];
  expect(others).toEqual([]);
  expect(root).toMatchObject({
    name: `invoke_agent ${call.agent}`,
    kind: INTERNAL,
    attributes: {
      ...provider,
      ...model,
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.conversation.id': callId,
      'gen_ai.agent.name': call.agent,
      'gen_ai.output.type': 'speech',
      'session.id': callId,
      'user.id': auditName(user.id),
      'langfuse.trace.name': 'call',
      'parley.connect': 'direct',
      'parley.end_reason': 'user',
      'parley.charged_seconds': 60,
      'parley.estimated_usd': 0.06,
    },
  });
  const tool = {
    name: 'execute_tool echo',
    kind: INTERNAL,
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'echo',
      'gen_ai.tool.call.id': request.toolCallId,
    },
  };
  expect(root?.parts).toHaveLength(8);
  expect(root?.parts).toEqual(
    expect.arrayContaining([
      { name: 'admit', kind: INTERNAL, attributes: { 'parley.reserved_seconds': 300 } },
      { name: 'mint', kind: CLIENT, attributes: { ...provider, ...model } },
      { name: 'connected', kind: INTERNAL, attributes: {} },
      expect.objectContaining(tool),
      { name: CHAT, kind: CLIENT, attributes: { ...chat, 'parley.wait_seconds': 0.8 } },
      { name: CHAT, kind: CLIENT, attributes: chat },
      { name: 'hang_up', kind: CLIENT, attributes: { ...provider, 'parley.outcome': 'hung_up' } },
      { name: 'settle', kind: INTERNAL, attributes: {} },
    ]),
  );
  expect(sink.resources()[0]).toEqual({
    'service.name': 'voice of the test',
    'service.version': BUILD,
    'deployment.environment.name': 'staging',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': expect.any(String),
  });
  for (const { path, headers } of sink.received) {
    expect(path).toBe('/v1/traces');
    expect(headers).toMatchObject({ authorization: 'Basic cGs6c2s=', 'x-extra': '4' });
  }
  const everything = JSON.stringify(sink.received);
  for (const secret of [canary, user.id, 'sk-server-key', 'ek_test'])
    expect(everything).not.toContain(secret);
});

test('a call that takes over from another has no part from before it began', async () => {
  const user = visitor();
  await openAndConnect(user);
  fixture.provider.next.whileHangingUp = async () => passSeconds(3);
  const { callId } = await open(user, true);
  await end(user, callId);
  await untilRootOf(callId);
  const root = spansOf(callId).find(isRoot);
  for (const { name, startTimeUnixNano } of spansOf(callId)) {
    expect(Number(startTimeUnixNano), name).toBeGreaterThanOrEqual(Number(root?.startTimeUnixNano));
  }
});

test('a turn begins where the page says, counted from the start of the call, and stays within it', async () => {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  const call = await requireOwnCall(user.id, callId);
  passSeconds(10);
  traceTurns(call, [TURN, { ...TURN, atMs: 7_000_000 }]);
  await eventually(() => expect(names(callId).filter((name) => name === CHAT)).toHaveLength(2));
  const [first, second] = spansOf(callId).filter(({ name }) => name === CHAT);
  const ms = (nano = '') => Number(BigInt(nano) / 1_000_000n) - call.startedAtMs;
  expect([ms(first?.startTimeUnixNano), ms(first?.endTimeUnixNano)]).toEqual([2000, 2800]);
  expect(ms(second?.endTimeUnixNano)).toBeLessThan(60_000);
  traceTurns(call, [TURN]);
  await eventually(() => expect(names(callId).filter((name) => name === CHAT)).toHaveLength(3));
  expect(spansOf(callId).filter(({ spanId }) => spanId === first?.spanId)).toHaveLength(2);
});

test('turns of a call that ended are taken for a minute: whoever repeats its end does not flood the receiver', async () => {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  await end(user, callId);
  passSeconds(59);
  traceTurns(await requireOwnCall(user.id, callId), [TURN]);
  await eventually(() => expect(names(callId)).toContain(CHAT));
  passSeconds(1);
  traceTurns(await requireOwnCall(user.id, callId), [TURN, TURN]);
  const other = await openAndConnect(visitor());
  await eventually(() => expect(names(other.callId)).toContain('connected'));
  expect(names(callId).filter((name) => name === CHAT)).toHaveLength(1);
});

test('a relayed call has the request to the provider instead of a secret; a deadline ends it too', async () => {
  const user = visitor();
  const ticket = await openWith(user, { relay: true });
  await dial(user, ticket);
  passSeconds(400);
  await reapAll(Date.now() + 1000);
  await untilRootOf(ticket.callId);
  await eventually(() =>
    expect(names(ticket.callId).toSorted()).toEqual([
      'admit',
      'connected',
      'hang_up',
      expect.stringMatching(/^invoke_agent /),
      'relay',
      'settle',
    ]),
  );
});

test('why the provider refuses is a closed code', async () => {
  fixture.provider.next.mint = { status: 401, body: '{"error":{"message":"canary of the provider"}}' };
  await expect(open(visitor())).rejects.toBeTruthy();
  await eventually(() => expect(sink.spans().some(isRoot)).toBe(true));
  const mint = sink.spans().find(({ name }) => name === 'mint');
  expect(mint).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'key_refused' } });
  expect(JSON.stringify(sink.received)).not.toContain('canary');
});

test('the root is sent once, however often a call is ended', async () => {
  const user = visitor();
  const { callId } = await openAndConnect(user);
  await end(user, callId);
  await end(user, callId);
  await untilRootOf(callId);
  expect(spansOf(callId).filter(isRoot)).toHaveLength(1);
});

test('a receiver that refuses is named in the log with its status, once a minute, and keeps nobody from calling', async () => {
  const logged = vi.spyOn(log(), 'warn');
  sink.next.status = 401;
  await openAndConnect(visitor());
  await eventually(() => expect(logged).toHaveBeenCalled());
  await openAndConnect(visitor());
  await eventually(() => expect(sink.received.length).toBeGreaterThan(2));
  await unattendedWork();
  const lines = logged.mock.calls.filter(([, text]) => /traces/.test(String(text)));
  expect(lines).toEqual([[{ error: expect.objectContaining({ status: 401 }) }, expect.any(String)]]);
  expect(JSON.stringify(logged.mock.calls)).not.toContain('cGs6c2s');
});

test('a receiver that never answers keeps nobody waiting', async () => {
  let answer = () => {};
  sink.next.before = () => new Promise<void>((resolve) => (answer = resolve));
  const user = visitor();
  await openAndConnect(user);
  await eventually(() => expect(sink.received.length).toBeGreaterThan(0));
  const { callId } = await openAndConnect(visitor());
  expect(callId).toBeTruthy();
  sink.next.before = async () => undefined;
  answer();
});
