import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimator } from './audio/decimate.ts';
import { createMedia } from './create-media.ts';
import type { Media, Pcm16k, Pcm48k } from './interfaces.ts';
import { LoopbackCaller } from './rtc/loopback-caller.ts';

const speechInputOptions = { silenceMs: 500, threshold: 0.5, prefixPaddingMs: 300 };
const deaf = { onSpeechStarted() {}, onSpeechPausing() {}, onSpeechResumed() {}, onSpeechStopped() {} };

let media: Media;

beforeAll(async () => {
  media = await createMedia();
});

afterAll(() => media.close());

test('recognises over a real call what its own synthesiser says', async () => {
  const spoken = await speak('What is free on Friday?');
  const audio = await hearTurn(spoken);
  const { text } = await media.speech.recognise(audio, ['Friday', 'free']);
  expect(text.toLowerCase()).toContain('friday');
  expect(text.toLowerCase()).toContain('free');
});

test('a hint tips the balance between two words that sound alike', async () => {
  const [pcm] = await speakPieces('I would like to book a brake service.');
  const audio = new Decimator().push(pcm ?? new Int16Array(0));
  const { text } = await media.speech.recognise(audio, ['brake service', 'book a']);
  expect(text.toLowerCase()).toContain('brake service');
});

test('an aborted recognition rejects with the reason, and the next one works', async () => {
  const abort = new AbortController();
  const reason = new Error('The user went on.');
  const audio = new Float32Array(16_000 * 3);
  const superseded = media.speech.recognise(audio, [], abort.signal);
  abort.abort(reason);
  await expect(superseded).rejects.toBe(reason);
  await expect(media.speech.recognise(new Float32Array(100), [])).resolves.toEqual({ text: '' });
});

test('stops speaking when the signal aborts', async () => {
  const abort = new AbortController();
  let pieces = 0;
  for await (const _ of media.speech.speak(
    'One. Two. Three. Four. Five.',
    { voice: 'cedar', speed: 1 },
    abort.signal,
  )) {
    pieces++;
    abort.abort();
  }
  expect(pieces).toBe(1);
});

test('returns the first sentence of a long text before the last is synthesised', async () => {
  // All different: what was said before is not synthesised again.
  const text = Array.from({ length: 24 }, (_, index) => `This is sentence ${index + 1}.`).join(' ');
  const startedAt = performance.now();
  let firstMs = 0;
  for await (const _ of media.speech.speak(
    text,
    { voice: 'marin', speed: 1 },
    new AbortController().signal,
  )) {
    firstMs ||= performance.now() - startedAt;
  }
  expect(firstMs).toBeLessThan((performance.now() - startedAt) / 3);
});

async function speakPieces(text: string): Promise<Pcm48k[]> {
  const pieces: Pcm48k[] = [];
  for await (const pcm of media.speech.speak(
    text,
    { voice: 'cedar', speed: 1 },
    new AbortController().signal,
  )) {
    pieces.push(pcm);
  }
  return pieces;
}

async function speak(text: string): Promise<Pcm48k> {
  return Int16Array.from((await speakPieces(text)).flatMap((piece) => Array.from(piece)));
}

/** Speaks into the microphone of a real call and returns the turn that the speech input found. */
async function hearTurn(speech: Pcm48k): Promise<Pcm16k> {
  const caller = new LoopbackCaller();
  const offerSdp = await caller.offer();
  try {
    return await new Promise<Pcm16k>((resolve, reject) => {
      const input = media.createSpeechInput(
        { ...deaf, onSpeechStopped: (_, audio) => resolve(audio) },
        speechInputOptions,
      );
      const handlers = {
        onChannelOpen() {},
        onMessage() {},
        onAudio: (pcm: Pcm48k) => input.push(pcm),
        onConnected: () => caller.microphone.enqueue('speech', speech),
        onClosed() {},
      };
      media
        .answer(offerSdp, handlers)
        .then((answered) => (answered.ok ? caller.accept(answered.peer.answerSdp) : reject(answered.message)))
        .catch(reject);
    });
  } finally {
    await caller.close();
  }
}

test('knows at once what a recognised sentence means', async () => {
  const studied = await media.senses.study(['is my order ready', 'the weather is lovely']);
  expect(studied).toHaveLength(2);
  const audio = new Decimator().push(await speak('Is my order ready?'));
  const { text } = await media.speech.recognise(audio, ['is my order ready']);
  const [sense, again] = [await media.senses.read(text.trim()), await media.senses.read(text.trim())];
  expect(sense).not.toBeNull();
  expect(again).toBe(sense);
  const [alike, other] = (studied ?? []).map((one) =>
    one.reduce((sum, x, i) => sum + x * (sense?.[i] ?? 0), 0),
  );
  expect(alike).toBeGreaterThan((other ?? 1) + 0.3);
});
