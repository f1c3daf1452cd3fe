import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Pcm48k, SpeechInputHandlers } from '../interfaces.ts';
import { loadFlite } from '../speech/speak/flite.ts';
import { shapeSpeech } from '../speech/speak/shape-speech.ts';
import { loadVoiceDetector, type VoiceDetector, type VoiceDetectorModel } from './silero.ts';
import { createSpeechInput } from './speech-input.ts';

const options = { silenceMs: 500, threshold: 0.5, prefixPaddingMs: 300 };
const silence = (ms: number): Pcm48k => new Int16Array(ms * 48);

let model: VoiceDetectorModel;
let speech: Pcm48k;

beforeAll(async () => {
  model = await loadVoiceDetector();
  const flite = await loadFlite();
  speech = shapeSpeech(await flite.synthesize('Book a tune-up on Friday.', 'rms', 1), 0);
});

afterAll(() => model.close());

function listen(onStopped: (atMs: number) => void = () => {}) {
  const events: string[] = [];
  const turns: { startMs: number; stopMs: number; samples: number }[] = [];
  let startMs = 0;
  const handlers: SpeechInputHandlers = {
    onSpeechStarted: (atMs) => {
      events.push('started');
      startMs = atMs;
    },
    onSpeechPausing: () => events.push('pausing'),
    onSpeechResumed: () => events.push('resumed'),
    onSpeechStopped: (stopMs, audio) => {
      events.push('stopped');
      turns.push({ startMs, stopMs, samples: audio.length });
      onStopped(stopMs);
    },
  };
  const detector = model.createDetector();
  let judged: Promise<unknown> = Promise.resolve();
  const observed: VoiceDetector = {
    judge(frame) {
      const probability = detector.judge(frame);
      judged = probability;
      return probability;
    },
  };
  const input = createSpeechInput(observed, handlers, options);
  const hear = async (...sounds: Pcm48k[]) => {
    for (const sound of sounds) {
      for (let at = 0; at < sound.length; at += 960) input.push(sound.slice(at, at + 960));
    }
    await judged;
    await Promise.resolve();
  };
  return { input, events, turns, hear };
}

test('a turn that is ignored begins anew where it is ignored no longer', async () => {
  const { input, events, turns, hear } = listen();
  const middle = Math.round(speech.length / 2);
  await hear(silence(500), speech.slice(0, middle));
  expect(events).toEqual(['started']);
  input.ignoreTurn();
  await hear(speech.slice(middle), silence(800));
  expect(events.filter((event) => event === 'started')).toHaveLength(2);
  expect(turns).toHaveLength(1);
  expect(turns[0]?.startMs).toBeGreaterThan(500 + middle / 48 - 400);
});

test('finds a turn, with the audio before it and without the silence after it', async () => {
  const { input, events, turns, hear } = listen();
  await hear(silence(1_000), speech, silence(1_000));
  expect(events).toEqual(['started', 'pausing', 'stopped']);
  const speechMs = speech.length / 48;
  const [turn] = turns;
  expect(turn?.startMs).toBeGreaterThan(600);
  expect(turn?.startMs).toBeLessThan(900);
  expect(turn?.stopMs).toBeGreaterThan(1_000 + speechMs + 350);
  expect(turn?.stopMs).toBeLessThan(1_000 + speechMs + 750);
  const audioMs = (turn?.samples ?? 0) / 16;
  expect(audioMs).toBeGreaterThan(speechMs);
  expect(audioMs).toBeLessThan(speechMs + 300 + 400);
  expect(input.heardMs).toBe(Math.round(2_000 + speechMs));
});

/** The last 10 ms of a sound over and over: a microphone that got stuck. */
const stuck = (sound: Pcm48k, ms: number): Pcm48k =>
  Int16Array.from({ length: ms * 48 }, (_, index) => sound[sound.length - 480 + (index % 480)] ?? 0);

test.each([
  ['digital silence', () => silence(4_000)],
  ['its last 10 ms over and over', (cut: Pcm48k) => stuck(cut, 4_000)],
])('a sentence that is cut in the middle ends its turn: %s', async (_, rest) => {
  const cut = speech.slice(0, Math.round(speech.length * 0.6));
  const { events, hear } = listen();
  await hear(silence(1_000), cut, rest(cut));
  expect(events.at(0)).toBe('started');
  expect(events.at(-1)).toBe('stopped');
});

test.each([
  ['silence', () => silence(2_000)],
  ['white noise', () => noise(2_000, () => 0.03)],
  ['loud white noise', () => noise(2_000, () => 0.3)],
  ['noise that swells', () => noise(3_000, (ms) => (0.2 * ms) / 3_000)],
  ['keyboard clicks', () => noise(3_000, (ms) => (ms % 170 < 6 ? 0.6 : 0.002))],
  ['knocks on the desk', () => thuds(3_000)],
  ['a door slam', () => noise(2_000, (ms) => (ms > 500 ? 0.8 * Math.exp((500 - ms) / 60) : 0))],
  ['coughs', () => coughs()],
  [
    'mains hum',
    () =>
      Int16Array.from(silence(2_000), (_, index) => 6_000 * Math.sin((2 * Math.PI * 50 * index) / 48_000)),
  ],
])('%s is no speech', async (_, sound) => {
  const { events, hear } = listen();
  await hear(silence(300), sound(), silence(800));
  expect(events).toEqual([]);
});

test('speech in noise is still one turn', async () => {
  const { events, hear } = listen();
  const noisy = noise(4_000, () => 0.01);
  for (let index = 0; index < speech.length; index++) {
    noisy[48_000 + index] = (noisy[48_000 + index] ?? 0) + (speech[index] ?? 0);
  }
  await hear(noisy);
  expect(events.filter((event) => event === 'started')).toHaveLength(1);
  expect(events.at(-1)).toBe('stopped');
});

test('a turn can be read while the user speaks, from its beginning, and not in silence', async () => {
  const { input, hear } = listen();
  await hear(silence(1_000));
  expect(input.turnSoFar()).toBeNull();
  const half = Math.floor(speech.length / 2 / 960) * 960;
  await hear(speech.slice(0, half));
  const soFarMs = (input.turnSoFar()?.length ?? 0) / 16;
  expect(soFarMs).toBeGreaterThan(half / 48);
  expect(soFarMs).toBeLessThan(half / 48 + 400);
  await hear(silence(200));
  expect(input.turnSoFar()).toBeNull();
});

test('manual turns: returns everything since the last take or reset', async () => {
  const { input, hear } = listen();
  await hear(silence(200));
  input.reset();
  await hear(silence(500));
  expect(input.take().length / 16).toBeCloseTo(500, -1);
  expect(input.take()).toHaveLength(0);
});

/** Sound on top of each other in time, as one piece. */
const joined = (...sounds: Pcm48k[]): Pcm48k => Int16Array.from(sounds.flatMap((sound) => [...sound]));

test('sound that comes faster than it was spoken, as from a file, loses no turn', async () => {
  const { input, turns, hear } = listen((atMs) => input.reset(atMs));
  const file = joined(speech, silence(1_000), speech, silence(40_000), speech, silence(1_000));
  input.push(file);
  await hear();
  expect(turns).toHaveLength(3);
  const speechMs = speech.length / 48;
  for (const { samples } of turns) expect(samples / 16).toBeGreaterThan(speechMs - 100);
  // What follows the last turn waits for a commit by the client.
  expect(input.take().length / 16).toBeLessThan(1_000);
});

test('what the client committed starts no turn of its own, and what follows is a new one', async () => {
  const whole = listen();
  whole.input.push(joined(silence(500), speech, silence(1_000)));
  expect(whole.input.take().length / 16).toBeGreaterThan(speech.length / 48);
  await whole.hear();
  expect(whole.events).toEqual([]);

  const cut = listen();
  const half = Math.floor(speech.length / 2 / 960) * 960;
  await cut.hear(silence(500), speech.slice(0, half));
  expect(cut.events).toEqual(['started']);
  cut.input.take();
  await cut.hear(speech.slice(half), silence(1_000));
  expect(cut.events.slice(1)).toEqual(['started', 'pausing', 'stopped']);
});

test('after closing it processes and reports nothing', async () => {
  const { input, events, hear } = listen();
  await hear(silence(100));
  input.close();
  await hear(speech, silence(1_000));
  expect(events).toEqual([]);
  expect(input.heardMs).toBe(100);
});

test('a detector that fails ends the turn instead of the call', async () => {
  const onSpeechStarted = vi.fn();
  const broken: VoiceDetector = { judge: () => Promise.reject(new Error('The model is not available.')) };
  const input = createSpeechInput(
    broken,
    { onSpeechStarted, onSpeechPausing() {}, onSpeechResumed() {}, onSpeechStopped() {} },
    options,
  );
  input.push(speech);
  await Promise.resolve();
  expect(onSpeechStarted).not.toHaveBeenCalled();
});

/** White noise whose loudness, 0…1, is a function of time. */
function noise(ms: number, loudness: (ms: number) => number): Pcm48k {
  let seed = 1;
  return Int16Array.from(silence(ms), (_, index) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return (seed / 2 ** 31) * 32_767 * loudness(index / 48);
  });
}

function thuds(ms: number): Pcm48k {
  return Int16Array.from(silence(ms), (_, index) => {
    const since = (index / 48) % 400;
    return 20_000 * Math.exp(-since / 25) * Math.sin((2 * Math.PI * 90 * since) / 1_000);
  });
}

/** Two bursts of noise with the quick rise and slow fall of a cough. */
function coughs(): Pcm48k {
  return noise(2_000, (ms) => {
    const since = ms % 700;
    return ms > 1_400 ? 0 : 0.5 * Math.min(1, since / 10) * Math.exp(-since / 70);
  });
}
