import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReceivedSpan, startTraceSink } from '../../../lib/server/testing/trace-sink.ts';
import { ANSWER, QUESTION } from './pages.ts';

type TraceSink = Awaited<ReturnType<typeof startTraceSink>>;

const RECEIVED_WITHIN_MS = 10_000;
/** Beside the root, the turns and the tools, in the order of their names. */
const ONCE = ['admit', 'connected', 'hang_up', 'relay', 'settle'];

const toMs = (nano: string): number => Number(BigInt(nano) / 1_000_000n);
const does =
  (operation: string) =>
  ({ attributes }: ReceivedSpan) =>
    attributes['gen_ai.operation.name'] === operation;
const [isRoot, isTurn, isTool] = [does('invoke_agent'), does('chat'), does('execute_tool')];

/** Returns the spans of a call's trace, once it has its root, the turns of the page and both tools. */
async function untilComplete(sink: TraceSink, callId: string): Promise<ReceivedSpan[]> {
  const giveUp = AbortSignal.timeout(RECEIVED_WITHIN_MS);
  for (;;) {
    const spans = sink.spans();
    const root = spans.find((span) => isRoot(span) && span.attributes['gen_ai.conversation.id'] === callId);
    const own = spans.filter(({ traceId }) => traceId === root?.traceId);
    if (own.some(isTurn) && own.filter(isTool).length >= 2) return own;
    assert.ok(!giveUp.aborted, `The trace has only: ${own.map(({ name }) => name).join(', ')}`);
    await wait(100);
  }
}

function checkTree(spans: readonly ReceivedSpan[]): void {
  const root = spans.find(isRoot);
  assert.ok(root);
  for (const span of spans) {
    const { name, parentSpanId, startTimeUnixNano, endTimeUnixNano } = span;
    assert.equal(parentSpanId, isRoot(span) ? '' : root.spanId, name);
    assert.ok(toMs(startTimeUnixNano) >= toMs(root.startTimeUnixNano), `${name} began before the call.`);
    assert.ok(toMs(endTimeUnixNano) >= toMs(startTimeUnixNano), `${name} ended before it began.`);
  }
  const others = spans.filter((span) => ![isRoot, isTurn, isTool].some((is) => is(span)));
  assert.deepEqual(others.map(({ name }) => name).sort(), ONCE);
  const turns = spans.filter(isTurn);
  assert.ok(turns.some(({ attributes }) => Number(attributes['parley.wait_seconds']) > 0));
  assert.ok(turns.some(({ attributes }) => Number(attributes['gen_ai.usage.output_tokens']) > 0));
}

/** A call is one trace, though three processes reported of it; and neither `secret` nor what was said is in it. */
export async function checkTrace(sink: TraceSink, callId: string, secret: string): Promise<void> {
  const spans = await untilComplete(sink, callId);
  checkTree(spans);
  console.log(`  ${spans.map(({ name }) => name).join(', ')}`);
  const everything = sink.received.map(({ body }) => body).join('\n');
  for (const words of [QUESTION, secret]) assert.ok(!everything.includes(words), words);
  assert.doesNotMatch(everything, ANSWER);
}
