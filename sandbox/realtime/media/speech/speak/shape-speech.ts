import { blockEnergies, firstLoudBlock } from '../../audio/block-energies.ts';
import { upsample } from '../../audio/upsample.ts';
import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesizedSpeech } from './flite.ts';

const OUTPUT_RATE = 48_000;
/** A sample below this counts as silence after the sentence. */
const SILENCE_LEVEL = 0.003;
const TRAIL_MS = 30;
/** A sentence begins with the first of two blocks less than 34 dB below its loudest. */
const BLOCK_MS = 10;
const BELOW_LOUDEST = 1 / 2_500;
/** Kept before the first block: the onset of a soft consonant. */
const LEAD_MS = 20;
const FADE_MS = 5;
/** Target loudness of all sentences: root mean square of their louder half, about -20 dB. */
const TARGET_LOUDNESS = 0.1;
const MAX_GAIN = 4;
/** Peaks above the knee are rounded off, never clipped. */
const LIMITER_KNEE = 0.7;

/**
 * Prepares a synthesised sentence to be played next to another: trims silence, evens loudness, fades both
 * ends so that no seam clicks, converts to 48 kHz and appends `pauseMs` of silence.
 */
export function shapeSpeech({ samples, sampleRate }: SynthesizedSpeech, pauseMs: number): Pcm48k {
  const speech = upsample(trim(samples, sampleRate), sampleRate, OUTPUT_RATE);
  const gain = gainFor(speech);
  const fadeSamples = Math.min((FADE_MS * OUTPUT_RATE) / 1_000, speech.length / 2);
  const output = new Int16Array(speech.length + Math.round((pauseMs * OUTPUT_RATE) / 1_000));
  for (let index = 0; index < speech.length; index++) {
    const fade = Math.min(1, index / fadeSamples, (speech.length - 1 - index) / fadeSamples);
    output[index] = Math.round(limit((speech[index] ?? 0) * gain) * fade * 32_767);
  }
  return output;
}

function trim(samples: Float32Array, sampleRate: number): Float32Array {
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SILENCE_LEVEL);
  if (last === -1) return new Float32Array(0);
  const trail = Math.round((TRAIL_MS * sampleRate) / 1_000);
  return samples.subarray(firstSound(samples, sampleRate), Math.min(samples.length, last + 1 + trail));
}

/** Before a vowel, Flite clicks softly and then waits 100 ms: that click is not speech. */
function firstSound(samples: Float32Array, sampleRate: number): number {
  const blockSamples = Math.round((BLOCK_MS * sampleRate) / 1_000);
  const energies = blockEnergies(samples, blockSamples);
  const limit = Math.max(0, ...energies) * BELOW_LOUDEST;
  const first = firstLoudBlock(energies, limit);
  return Math.max(0, first * blockSamples - Math.round((LEAD_MS * sampleRate) / 1_000));
}

/** Pauses within the sentence do not count as quiet speech: only blocks above a tenth of the loudest do. */
function gainFor(speech: Float32Array): number {
  const energies = blockEnergies(speech, OUTPUT_RATE / 50);
  const floor = Math.max(0, ...energies) / 100;
  const voiced = energies.filter((energy) => energy > floor);
  if (voiced.length === 0) return 1;
  const loudness = Math.sqrt(voiced.reduce((sum, energy) => sum + energy, 0) / voiced.length);
  return Math.min(MAX_GAIN, TARGET_LOUDNESS / loudness);
}

function limit(sample: number): number {
  const size = Math.abs(sample);
  if (size <= LIMITER_KNEE) return sample;
  const room = 1 - LIMITER_KNEE;
  return Math.sign(sample) * (LIMITER_KNEE + room * Math.tanh((size - LIMITER_KNEE) / room));
}
