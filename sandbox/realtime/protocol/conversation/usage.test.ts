import { expect, test } from 'vitest';
import { createSession } from '../policy/session.ts';
import type { Entry } from './conversation.ts';
import { countInput, toUsage } from './usage.ts';

const session = createSession({ type: 'realtime', instructions: 'x'.repeat(398) }, 'sess_1');
const spoken = (role: 'user' | 'assistant', audioMs: number): Entry => ({
  item:
    role === 'user'
      ? { id: 'u', type: 'message', role, content: [{ type: 'input_audio', transcript: 'hello' }] }
      : { id: 'a', type: 'message', role, content: [{ type: 'output_audio', transcript: 'hello' }] },
  audioMs,
  heard: null,
});

test('user audio costs 1 token per 100 ms, assistant audio 1 per 50 ms, also as history', () => {
  expect(countInput(session, [spoken('user', 1_000)]).audio).toBe(10);
  expect(countInput(session, [spoken('user', 1_000), spoken('assistant', 1_000)]).audio).toBe(30);
  const usage = toUsage(countInput(session, []), null, { text: 7, audioMs: 1_000 });
  expect(usage.output_token_details).toEqual({ text_tokens: 7, audio_tokens: 20 });
});

test('sums agree and the cached part is a multiple of 64', () => {
  const first = countInput(session, [spoken('user', 5_000)]);
  const second = countInput(session, [spoken('user', 5_000), spoken('assistant', 4_000)]);
  const usage = toUsage(second, first, { text: 3, audioMs: 500 });
  const details = usage.input_token_details;
  expect(usage.input_tokens).toBe((details?.text_tokens ?? 0) + (details?.audio_tokens ?? 0));
  expect(usage.total_tokens).toBe((usage.input_tokens ?? 0) + (usage.output_tokens ?? 0));
  expect(details?.cached_tokens).toBe(128);
  const { text_tokens = 0, audio_tokens = 0 } = details?.cached_tokens_details ?? {};
  expect(text_tokens + audio_tokens).toBe(128);
});

test('other instructions break the cache', () => {
  const first = countInput(session, []);
  const second = countInput({ ...session, instructions: 'Other.' }, []);
  expect(toUsage(second, first, { text: 1, audioMs: 0 }).input_token_details?.cached_tokens).toBe(0);
});
