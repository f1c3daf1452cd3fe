import { describe, expect, test } from 'vitest';
import type { ToolSummary } from '@/lib/shared/contract';
import { agentState, type Fields, saidSince, type WireEvent } from './call-events.ts';
import type { Act, ApiExchange } from './observed.ts';
import { readSpeeches, readWaits } from './read-speech.ts';
import { readTools } from './read-tools.ts';
import { spentOf } from './spent.ts';

const agent = (atMs: number, type: string, fields: Fields = {}): WireEvent => ({
  atMs,
  type,
  from: 'agent',
  fields,
});
const page = (atMs: number, type: string, fields: Fields = {}): WireEvent => ({
  atMs,
  type,
  from: 'page',
  fields,
});

const callOf = (atMs: number, call_id: string, name: string, args: string) =>
  agent(atMs, 'response.output_item.done', {
    item: { type: 'function_call', call_id, name, arguments: args },
  });
const outputOf = (atMs: number, call_id: string, output = '{}') =>
  page(atMs, 'conversation.item.create', { item: { type: 'function_call_output', call_id, output } });

const tool: ToolSummary = {
  name: 'send_parcel',
  title: 'Send a parcel',
  needsApproval: true,
  changesData: true,
};
const ticket: ApiExchange = { kind: 'ticket', callId: 'call_x', tools: [tool] };
const ran = (toolCallId: string): ApiExchange => ({
  ...{ kind: 'tool', name: 'send_parcel', toolCallId },
  reply: { ok: true, summary: 'It is sent.', data: {} },
});
const press = (shownAtMs: number, allowed: boolean): Act => ({
  ...{ kind: 'pressed', title: 'Send a parcel', shownAtMs, allowed },
  untilMs: shownAtMs + 500,
});

describe('what the agent does', () => {
  const spoken = [
    agent(0, 'response.created'),
    agent(100, 'output_audio_buffer.started'),
    agent(200, 'response.done'),
    agent(900, 'output_audio_buffer.stopped'),
  ];

  test('it is busy while it speaks, and a moment longer', () => {
    expect(agentState(spoken.slice(0, 3), 0, 2000)).toMatchObject({ isSpeaking: true, isBusy: true });
    expect(agentState(spoken, 0, 1000)).toMatchObject({ hasSpoken: true, isSpeaking: false, isBusy: true });
    expect(agentState(spoken, 0, 2000)).toMatchObject({ hasSpoken: true, isBusy: false });
  });

  test('what it said before the caller spoke is no answer', () => {
    expect(agentState(spoken, 500, 2000).hasSpoken).toBe(false);
  });

  test('it is busy while a tool has no reply, and while a response to the reply is asked for', () => {
    const called = [...spoken, callOf(950, 'a', 'send_parcel', '{}')];
    expect(agentState(called, 0, 9000)).toMatchObject({ awaitsTool: true, isBusy: true });
    const answered = [...called, outputOf(1000, 'a'), page(1001, 'response.create')];
    expect(agentState(answered, 0, 9000)).toMatchObject({ awaitsTool: false, isBusy: true });
    expect(
      agentState([...answered, agent(1100, 'response.created'), agent(1200, 'response.done')], 0, 9000)
        .isBusy,
    ).toBe(false);
  });

  test('its words since a moment are those of its transcript', () => {
    const words = [300, 700].map((at) =>
      agent(at, 'response.output_audio_transcript.done', { transcript: `At ${at}.` }),
    );
    expect(saidSince(words, 500)).toBe('At 700.');
  });
});

describe('what became of a tool', () => {
  const events = [callOf(1000, 'a', 'send_parcel', '{"to":"Leeds"}'), outputOf(3000, 'a')];

  test('it ran after a yes', () => {
    expect(readTools(events, [ticket, ran('a')], [press(1500, true)])).toMatchObject([
      {
        ...{ name: 'send_parcel', title: 'Send a parcel', arguments: { to: 'Leeds' }, changesData: true },
        ...{ outcome: 'done', approval: 'allowed', summary: 'It is sent.', askedAtMs: 1000, ranAtMs: 3000 },
      },
    ]);
  });

  test('it ran without a card', () => {
    expect(readTools(events, [ticket, ran('a')], [])).toMatchObject([
      { outcome: 'done', approval: 'not asked' },
    ]);
  });

  test('the caller said no', () => {
    expect(readTools(events, [ticket], [press(1500, false)])).toMatchObject([
      { outcome: 'denied', approval: 'denied', ranAtMs: null },
    ]);
  });

  test('the page looked, and it was impossible', () => {
    const looked: ApiExchange = {
      ...{ kind: 'preview', name: 'send_parcel', arguments: {}, ok: false, lines: [] },
      words: 'Leeds is closed.',
    };
    expect(readTools(events, [ticket, looked], [])).toMatchObject([
      { outcome: 'failed', summary: 'Leeds is closed.', ranAtMs: null },
    ]);
  });

  test('two calls have a press each', () => {
    const two = [...events, callOf(1001, 'b', 'send_parcel', '{"to":"Leeds"}'), outputOf(6000, 'b')];
    const uses = readTools(two, [ticket, ran('a'), ran('b')], [press(1500, true), press(3500, true)]);
    expect(uses.map(({ approval, outcome }) => [approval, outcome])).toEqual([
      ['allowed', 'done'],
      ['allowed', 'done'],
    ]);
  });
});

describe('how long the caller waited', () => {
  const levels = Array.from({ length: 1000 }, (_, index) => {
    const atMs = index * 10;
    const isLoud = (atMs >= 1200 && atMs < 2000) || (atMs >= 5300 && atMs < 7000);
    return { atMs, rms: isLoud ? 0.1 : 0 };
  });
  const speeches = readSpeeches(
    [
      agent(1000, 'output_audio_buffer.started', { response_id: 'r1' }),
      agent(2000, 'output_audio_buffer.stopped'),
      agent(5000, 'output_audio_buffer.started', { response_id: 'r2' }),
      agent(5100, 'response.output_audio_transcript.done', { response_id: 'r2', transcript: 'Of course.' }),
      agent(7000, 'output_audio_buffer.cleared'),
    ],
    9000,
  );

  test('each stretch of speech has its own words and its end', () => {
    expect(speeches).toEqual([
      { fromMs: 1000, untilMs: 2000, text: '', cut: false },
      { fromMs: 5000, untilMs: 7000, text: 'Of course.', cut: true },
    ]);
  });

  test('the first sound and an answer count from the sound itself', () => {
    const spoke: Act = { kind: 'spoke', text: 'Hello', fromMs: 3000, untilMs: 4000, over: 'silence' };
    expect(readWaits([spoke], speeches, levels)).toEqual([
      { after: 'Talk', kind: 'first sound', ms: 1200 },
      { after: 'Hello', kind: 'answer', ms: 1300 },
    ]);
  });

  test('words that were answered by a card have no wait of their own: the press has', () => {
    const acts: Act[] = [
      { kind: 'spoke', text: 'Send it', fromMs: 2100, untilMs: 3000, over: 'silence' },
      press(3500, true),
    ];
    expect(readWaits(acts, speeches, levels).slice(1)).toEqual([
      { after: 'Allow: Send a parcel', kind: 'answer', ms: 1300 },
    ]);
  });

  test('an interruption counts until silence, and an answer that never came has none', () => {
    const over: Act = { kind: 'spoke', text: 'Stop', fromMs: 6000, untilMs: 6500, over: 'agent' };
    expect(readWaits([over], speeches, levels).slice(1)).toEqual([
      { after: 'Stop', kind: 'yield', ms: 990 },
      { after: 'Stop', kind: 'answer', ms: null },
    ]);
  });
});

test('money is the usage of the responses at the price of the model', () => {
  const usage = {
    input_token_details: {
      text_tokens: 1000,
      audio_tokens: 100,
      cached_tokens_details: { text_tokens: 500 },
    },
    output_token_details: { text_tokens: 10, audio_tokens: 50 },
  };
  const events = [
    agent(0, 'session.created', { session: { model: 'gpt-realtime-2.1-mini' } }),
    agent(1, 'response.done', { response: { usage } }),
  ];
  // 500 × 0.6 + 500 × 0.06 + 100 × 10 + 10 × 2.4 + 50 × 20
  expect(spentOf(events)).toEqual({ microUsd: 2354, tokens: 1160 });
});
