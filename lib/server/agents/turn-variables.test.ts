import { expect, test } from 'vitest';
import { readEnv } from '@/lib/server/platform/env';
import { parseVariables } from '@/lib/server/platform/env-schema';

const SILENCE = { OPENAI_REALTIME_TURN_DETECTION: 'server_vad' };

function readProblems(given: Record<string, string>): string[] {
  const parsed = parseVariables(given);
  return parsed.ok ? [] : parsed.problems;
}

test.each([
  [{ OPENAI_REALTIME_TURN_DETECTION: 'none' }, 'one of semantic_vad, server_vad'],
  [{ OPENAI_REALTIME_EAGERNESS: 'eager' }, 'one of auto, low, medium, high'],
  [{ ...SILENCE, OPENAI_REALTIME_SILENCE_MS: '199' }, 'a whole number from 200 to 2000'],
  [{ ...SILENCE, OPENAI_REALTIME_IDLE_MS: '30001' }, 'a whole number from 5000 to 30000'],
  [{ OPENAI_REALTIME_NOISE: 'near' }, 'one of near_field, far_field, off'],
  [{ OPENAI_REALTIME_REASONING: 'max' }, 'one of minimal, low, medium, high, xhigh'],
  [{ OPENAI_REALTIME_OMIT: 'truncation,model' }, 'one or more of truncation, noise_reduction'],
])('%j is refused, with what it may be', (given, mayBe) => {
  expect(readProblems(given)).toEqual([expect.stringContaining(mayBe)]);
});

test.each([['marin'], ['af_heart'], ['voice_68f1'], ['en-US-Ava:DragonHDLatest']])(
  'the voice may be any word, such as %s: other services have others',
  (voice) => expect(readEnv({ OPENAI_REALTIME_VOICE: voice }).realtime.voice).toBe(voice),
);

test.each([
  [
    { OPENAI_REALTIME_SILENCE_MS: '700' },
    'SILENCE_MS works only with OPENAI_REALTIME_TURN_DETECTION=server_vad',
  ],
  [{ OPENAI_REALTIME_IDLE_MS: '9000' }, 'IDLE_MS works only with OPENAI_REALTIME_TURN_DETECTION=server_vad'],
  [
    { ...SILENCE, OPENAI_REALTIME_EAGERNESS: 'low' },
    'EAGERNESS works only with OPENAI_REALTIME_TURN_DETECTION=sem',
  ],
  [
    { OPENAI_REALTIME_MODEL: 'gpt-realtime-1.5', OPENAI_REALTIME_REASONING: 'low' },
    'REASONING has no effect on gpt-realtime-1.5',
  ],
])('a setting of turn-taking without effect is refused: %j', (given, words) => {
  const problems = readProblems(given);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(words);
});
