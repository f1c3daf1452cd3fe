import { expect, test } from 'vitest';
import type { Pcm48k } from '../../media/interfaces.ts';
import { CallHarness, listening } from '../../testing/call-harness.ts';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';
const seconds = (count: number): Pcm48k => new Int16Array(count * 48_000);

/** The user keeps speaking; `text` is recognisable by then, `null` for a breath. */
async function speaks(call: CallHarness, text: string | null): Promise<void> {
  call.speechInput.said(text);
  call.call.turns.push(seconds(0.7));
  await new Promise(setImmediate);
}

const shown = (call: CallHarness): string =>
  call
    .all(`${TRANSCRIPTION}.delta`)
    .map(({ delta }) => delta)
    .join('');

test('partial deltas arrive while the user still speaks, and the whole begins with them', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.start();
  await speaks(call, 'Book a');
  await speaks(call, 'Book a tune up for fry');
  expect(shown(call)).toBe('Book a');
  await speaks(call, 'Book a tune-up for Friday at');
  expect(call.order()).toEqual(['input_audio_buffer.speech_started', `${TRANSCRIPTION}.delta*`]);
  call.speechInput.pause('Book a tune-up for Friday at ten.');
  await expect.poll(() => shown(call)).toBe('Book a tune-up for Friday at');
  call.speechInput.stop('Book a tune-up for Friday at ten.');
  const completed = await call.next(`${TRANSCRIPTION}.completed`);
  expect(completed.transcript).toBe('Book a tune-up for Friday at ten.');
  expect(shown(call)).toBe(completed.transcript);
  const itemIds = new Set(call.all(`${TRANSCRIPTION}.delta`).map(({ item_id }) => item_id));
  expect([...itemIds]).toEqual([completed.item_id]);
  call.end();
});

test('shown words stay, even when the final recognition differs', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.start();
  await speaks(call, 'Cook a tune');
  await speaks(call, 'Cook a tune up');
  call.speechInput.stop('Book a tune up for Friday.');
  const { transcript } = await call.next(`${TRANSCRIPTION}.completed`);
  expect(transcript).toBe('Cook a tune up for Friday.');
  expect(shown(call)).toBe(transcript);
  await call.next('response.done');
  // The mind uses the final words, not the ones shown.
  expect(call.mind.inputs[0]?.said).toEqual(['Book a tune up for Friday.']);
  call.end();
});

test('a breath, a busy recogniser and a session without transcripts show nothing', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.start();
  await speaks(call, null);
  call.media.speech.holding = true;
  await speaks(call, 'Book a');
  expect(call.media.speech.glimpsed).toEqual([]);
  call.end();

  const silent = new CallHarness();
  silent.speechInput.start();
  await speaks(silent, 'Book a');
  expect(silent.media.speech.glimpsed).toEqual([]);
  silent.end();
});

test('a turn is recognised every 700 ms, not more often', async () => {
  const call = new CallHarness({ policy: listening() });
  call.speechInput.start();
  call.speechInput.said('Book a');
  for (let count = 0; count < 100; count++) call.call.turns.push(seconds(0.02));
  expect(call.media.speech.glimpsed).toHaveLength(2);
  call.end();
});

// OpenAI's guide to realtime transcription, and community.openai.com 1371205 and 1148726: these models begin when the
// turn is committed, and whisper-1 writes the whole turn at once.
test.each([
  ['gpt-4o-mini-transcribe', 5],
  ['whisper-1', 1],
])('%s writes nothing while the user speaks, and then %d deltas', async (model, deltas) => {
  const call = new CallHarness({ policy: listening({ transcription: { model } }) });
  call.speechInput.start();
  await speaks(call, 'Book a tune up');
  await speaks(call, 'Book a tune up for');
  call.speechInput.pause('Book a tune up today.');
  await new Promise(setImmediate);
  expect(call.order()).toEqual(['input_audio_buffer.speech_started']);
  call.speechInput.stop('Book a tune up today.');
  const { transcript } = await call.next(`${TRANSCRIPTION}.completed`);
  expect(call.all(`${TRANSCRIPTION}.delta`)).toHaveLength(deltas);
  expect(shown(call)).toBe(transcript);
  call.end();
});
