import { describe, expect, it } from 'vitest';
import { emptyInspect, type InspectState } from '@/lib/client/inspect/inspect-state';
import { logEvent } from '@/lib/client/inspect/log';
import { countUsage } from '@/lib/client/inspect/usage';
import { tokensMicroUsd } from '@/lib/shared/prices';

const receive = (state: InspectState, raw: object, atMs = 0) =>
  countUsage(logEvent(state, 'server', raw, atMs), raw, atMs);
const play = (...events: [number, object][]) =>
  events.reduce((state, [atMs, raw]) => receive(state, raw, atMs), emptyInspect);

/** The example of the provider's reference. */
const usage = {
  total_tokens: 253,
  input_tokens: 132,
  output_tokens: 121,
  input_token_details: {
    text_tokens: 119,
    audio_tokens: 13,
    cached_tokens: 64,
    cached_tokens_details: { text_tokens: 64, audio_tokens: 0 },
  },
  output_token_details: { text_tokens: 30, audio_tokens: 91 },
};
const session = {
  model: 'gpt-realtime-2.1',
  audio: { output: { voice: 'marin' } },
  instructions: 'Be kind.',
};

describe('the event log', () => {
  it('collapses runs of deltas, and keeps words out', () => {
    const { events } = play(
      [0, { type: 'session.created', session }],
      [5, { type: 'response.output_audio_transcript.delta', item_id: 'i', delta: 'Hello' }],
      [6, { type: 'response.output_audio_transcript.delta', item_id: 'i', delta: ' there' }],
      [7, { type: 'response.function_call_arguments.delta', item_id: 'f', delta: '{"day"' }],
      [9, { type: 'error', error: { code: 'invalid_value', message: 'You said Friday.' } }],
    );
    expect(events.map(({ type, count, detail }) => [type, count, detail])).toEqual([
      ['session.created', 1, ''],
      ['response.output_audio_transcript.delta', 2, 'i'],
      ['response.function_call_arguments.delta', 1, 'f'],
      ['error', 1, 'invalid_value'],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Hello|Friday|day|kind/);
  });

  it('shows why a response failed or broke off, without the provider’s words', () => {
    const error = { code: 'insufficient_quota', message: 'You exceeded your quota.' };
    const { events } = play(
      [0, { type: 'response.done', response: { id: 'r', status: 'failed', status_details: { error } } }],
      [
        0,
        {
          type: 'response.done',
          response: { id: 's', status: 'incomplete', status_details: { reason: 'content_filter' } },
        },
      ],
    );
    expect(events.map(({ detail }) => detail)).toEqual([
      'r failed insufficient_quota',
      's incomplete content_filter',
    ]);
  });

  it('reads model and voice, forgets the oldest events, and takes any input', () => {
    const many = Array.from({ length: 450 }, (_, index): [number, object] => [index, { type: `t${index}` }]);
    const state = play([0, { type: 'session.created', session }], ...many);
    expect(state).toMatchObject({ model: 'gpt-realtime-2.1', voice: 'marin' });
    expect(state.events).toHaveLength(400);
    expect(new Set(state.events.map(({ id }) => id)).size).toBe(400);
    expect(logEvent(emptyInspect, 'client', null, 0).events).toMatchObject([{ type: 'unknown' }]);
  });
});

describe('the meter', () => {
  it('counts tokens and money of every response', () => {
    const done = { type: 'response.done', response: { id: 'r1', usage } };
    const state = play([0, { type: 'session.created', session }], [9, done]);
    expect(state.tokens).toEqual({
      inputText: 119,
      inputAudio: 13,
      inputCached: 64,
      outputText: 30,
      outputAudio: 91,
    });
    expect(state.costMicroUsd).toBe(7206);
    const spent = { inputText: 119, inputAudio: 13, inputCached: 64, outputText: 30, outputAudio: 91 };
    expect(state.turns).toEqual([
      { responseId: 'r1', atMs: 9, wait: null, tokens: 253, costMicroUsd: 7206, spent },
    ]);
    expect(play([0, { type: 'response.done', response: { id: 'r2', usage: null } }]).costMicroUsd).toBe(0);
  });

  it('prices an unknown model as the dearest, and a dated one as its family', () => {
    const tokens = {
      inputText: 1e6,
      inputAudio: 0,
      cachedText: 0,
      cachedAudio: 0,
      outputText: 0,
      outputAudio: 0,
    };
    expect(tokensMicroUsd('gpt-realtime-9', tokens)).toBe(4_000_000);
    expect(tokensMicroUsd('gpt-realtime-2.1-mini-2026-09-01', tokens)).toBe(600_000);
    expect(tokensMicroUsd(null, tokens)).toBe(4_000_000);
  });
});
