import { describe, expect, it } from 'vitest';
import { emptyInspect } from '@/lib/client/inspect/inspect-state';
import { countUsage } from '@/lib/client/inspect/usage';
import { wholeMs } from '@/lib/client/inspect/waits';

type Step = [atMs: number, event: object, heardAtMs?: number];

const waitsAfter = (...steps: Step[]) =>
  steps
    .reduce((state, [atMs, raw, heardAtMs]) => countUsage(state, raw, atMs, heardAtMs), emptyInspect)
    .turns.map(({ wait }) => wait);

const stopped = { type: 'input_audio_buffer.speech_stopped' };
const committed = { type: 'input_audio_buffer.committed' };
const added = (item: object) => ({ type: 'conversation.item.added', item });
const typed = added({ type: 'message', role: 'user' });
const answering = { type: 'response.output_item.added', item: { type: 'message' } };
const calling = { type: 'response.output_item.done', item: { type: 'function_call' } };
const result = added({ type: 'function_call_output' });
const sound = { type: 'output_audio_buffer.started', response_id: 'r1' };

describe('a wait', () => {
  it('begins with the last sound of the user, and is split where the turn and the answer began', () => {
    const waits = waitsAfter([1_000, stopped, 400], [1_010, committed], [1_700, answering], [1_900, sound]);
    expect(waits).toEqual([{ finishingMs: 600, thinkingMs: 700, toolMs: 0, soundMs: 200 }]);
  });

  it('counts tools that run side by side once', () => {
    const waits = waitsAfter(
      [0, stopped, 0],
      [300, calling],
      [400, calling],
      [900, result],
      [1_300, result],
      [1_600, answering],
      [1_650, sound],
    );
    expect(waits).toEqual([{ finishingMs: 0, thinkingMs: 600, toolMs: 1_000, soundMs: 50 }]);
  });

  it('has parts that add up to the whole', () => {
    const [wait] = waitsAfter([1_000, stopped, 250], [1_200, calling], [1_900, result], [2_500, sound]);
    expect(wait && wholeMs(wait)).toBe(2_250);
  });

  it.each([
    [
      'typed',
      [
        [100, typed],
        [400, sound],
      ],
    ],
    [
      'spoken with push-to-talk',
      [
        [100, committed, 90],
        [400, sound],
      ],
    ],
    [
      'heard by nobody here',
      [
        [100, stopped],
        [400, sound],
      ],
    ],
    [
      'measured by a microphone that hears nothing for long',
      [
        [20_100, stopped, 100],
        [20_400, sound],
      ],
    ],
  ] satisfies [string, Step[]][])('does not say when the user had finished: %s', (_, steps) => {
    expect(waitsAfter(...steps)).toEqual([{ finishingMs: null, thinkingMs: 300, toolMs: 0, soundMs: 0 }]);
  });

  it('begins anew when the user goes on speaking', () => {
    expect(waitsAfter([100, stopped, 0], [5_000, stopped, 4_800], [5_300, sound])).toEqual([
      { finishingMs: 200, thinkingMs: 300, toolMs: 0, soundMs: 0 },
    ]);
  });

  it('is none for what the agent says by itself', () => {
    const written = added({ type: 'message', role: 'assistant' });
    expect(waitsAfter([100, written], [400, sound])).toEqual([null]);
  });
});
