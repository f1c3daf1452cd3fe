import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isInvented } from '../protocol/turns/invented-words.ts';
import { SOUNDS_WITHOUT_WORDS } from '../testing/sounds.ts';
import { createMedia } from './create-media.ts';
import type { Media, Pcm48k } from './interfaces.ts';

const options = { silenceMs: 500, threshold: 0.5, prefixPaddingMs: 300 };
/** Expected words tempt the recogniser to hear them. */
const HINTS = ['thank you', 'yes', 'no', 'friday', 'book a brake service', 'goodbye', 'what is free'];
const FRAME = 960;
const QUIET = new Int16Array(FRAME * 40);

// In a whole run of the suite the detector's runtime (ONNX in WebAssembly, Node 20) has stopped for good in one inference, in
// this file alone and never when it ran by itself. Until that is understood it runs by itself, every night:
// PARLEY_SOUNDS=full npm run test:unit -- sandbox/realtime/media/sounds-without-words.test.ts
const isAlone = process.env.PARLEY_SOUNDS === 'full';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 90_000 });

let media: Media;
beforeAll(async () => {
  if (isAlone) media = await createMedia();
});
afterAll(() => media?.close());

/** The turns in a sound between two silences: what was recognised, and how surely it was speech. */
async function hear(sound: Pcm48k): Promise<{ text: string; certainty: number }[]> {
  const turns: Promise<{ text: string; certainty: number }>[] = [];
  const input = media.createSpeechInput(
    {
      onSpeechStarted() {},
      onSpeechPausing() {},
      onSpeechResumed() {},
      onSpeechStopped: (_, audio, certainty) => {
        turns.push(media.speech.recognise(audio, HINTS).then(({ text }) => ({ text, certainty })));
      },
    },
    options,
  );
  for (const piece of [QUIET, sound, QUIET]) {
    for (let at = 0; at < piece.length; at += FRAME) input.push(piece.slice(at, at + FRAME));
  }
  // The detector is shared and judges in order: when it has judged this frame, it has judged all before.
  await new Promise<void>((resolve) => {
    const last = media.createSpeechInput(
      { onSpeechStarted() {}, onSpeechPausing() {}, onSpeechResumed() {}, onSpeechStopped: () => resolve() },
      { ...options, silenceMs: 0, threshold: -1 },
    );
    for (let count = 0; count < 10; count++) last.push(new Int16Array(FRAME * 2));
  });
  return Promise.all(turns);
}

test.runIf(isAlone)('of sixty sounds without words, none is heard as words', async () => {
  const understood: string[] = [];
  for (const [name, make] of SOUNDS_WITHOUT_WORDS) {
    for (const { text, certainty } of await hear(make())) {
      if (!isInvented(text, certainty)) understood.push(`${name}: ${text} (${certainty.toFixed(2)})`);
    }
  }
  expect(SOUNDS_WITHOUT_WORDS).toHaveLength(60);
  expect(understood).toEqual([]);
});
