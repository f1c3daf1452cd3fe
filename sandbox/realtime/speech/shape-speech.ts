import { upsample } from '../audio/upsample.ts';
import type { Pcm48k } from '../media.ts';
import type { SynthesizedSpeech } from './flite.ts';

const outputRate = 48_000;
/** Below this a sample counts as the silence around a sentence. */
const silenceLevel = 0.003;
const paddingMs = 30;
const fadeMs = 5;
/** Loudness all sentences are brought to: root mean square of their louder half, about -20 dB. */
const targetLoudness = 0.1;
const maxGain = 4;
/** Peaks above the knee are rounded off, never clipped. */
const limiterKnee = 0.7;

/**
 * Makes a synthesised sentence ready to be played next to another: silence trimmed, loudness evened, faded at both
 * ends so that no seam clicks, 48 kHz, with `pauseMs` of silence behind it.
 */
export function shapeSpeech({ samples, sampleRate }: SynthesizedSpeech, pauseMs: number): Pcm48k {
  const speech = upsample(trim(samples, sampleRate), sampleRate, outputRate);
  const gain = gainFor(speech);
  const fadeSamples = Math.min((fadeMs * outputRate) / 1_000, speech.length / 2);
  const output = new Int16Array(speech.length + Math.round((pauseMs * outputRate) / 1_000));
  for (let index = 0; index < speech.length; index++) {
    const fade = Math.min(1, index / fadeSamples, (speech.length - 1 - index) / fadeSamples);
    output[index] = Math.round(limit((speech[index] ?? 0) * gain) * fade * 32_767);
  }
  return output;
}

function trim(samples: Float32Array, sampleRate: number): Float32Array {
  const padding = Math.round((paddingMs * sampleRate) / 1_000);
  const isLoud = (sample: number) => Math.abs(sample) > silenceLevel;
  const first = samples.findIndex(isLoud);
  if (first === -1) return new Float32Array(0);
  const last = samples.findLastIndex(isLoud);
  return samples.subarray(Math.max(0, first - padding), Math.min(samples.length, last + 1 + padding));
}

/** Pauses within the sentence do not count as quiet speech: only blocks above a tenth of the loudest do. */
function gainFor(speech: Float32Array): number {
  const blockSamples = outputRate / 50;
  const energies: number[] = [];
  for (let start = 0; start + blockSamples <= speech.length; start += blockSamples) {
    let energy = 0;
    for (let index = start; index < start + blockSamples; index++) energy += (speech[index] ?? 0) ** 2;
    energies.push(energy / blockSamples);
  }
  const floor = Math.max(0, ...energies) / 100;
  const voiced = energies.filter((energy) => energy > floor);
  if (voiced.length === 0) return 1;
  const loudness = Math.sqrt(voiced.reduce((sum, energy) => sum + energy, 0) / voiced.length);
  return Math.min(maxGain, targetLoudness / loudness);
}

function limit(sample: number): number {
  const size = Math.abs(sample);
  if (size <= limiterKnee) return sample;
  const room = 1 - limiterKnee;
  return Math.sign(sample) * (limiterKnee + room * Math.tanh((size - limiterKnee) / room));
}
