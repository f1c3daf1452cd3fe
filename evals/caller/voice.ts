import { type FliteVoice, loadFlite } from '@parley/realtime-sandbox/media/speech/speak/flite';
import { pinkNoise } from '../../bench/understanding/noise.ts';
import { toWav } from '../../e2e/speech/wav.ts';
import type { Caller } from '../scenario/scenario.ts';

const FLITE_VOICE: Record<Caller['voice'], FliteVoice> = { woman: 'slt', man: 'rms', scot: 'awb' };
/** As loud as the recordings of the browser tests. */
const PEAK = 0.63;
const SILENT_BELOW = 0.01;
/** Usual speech is about so much below its peak. */
const SPEECH_RMS = PEAK / 5;
const NOISE_SECONDS = 10;
const NOISE_RATE = 16_000;

/** A caller's voice: sentences and the noise behind them as WAV files. */
export interface Voice {
  /** Returns a sentence without silence around it; each `…` is the caller's pause. */
  say(text: string): Promise<Buffer>;
  /** Returns ten seconds of noise, to be repeated; `null` for a quiet room. */
  noise(): Buffer | null;
}

/** Returns the samples between the first and the last audible one. */
function trim(samples: Float32Array): Float32Array {
  const isAudible = (sample: number) => Math.abs(sample) > SILENT_BELOW;
  const from = samples.findIndex(isAudible);
  return from === -1 ? samples.subarray(0, 0) : samples.subarray(from, samples.findLastIndex(isAudible) + 1);
}

function toPcm16(samples: Float32Array, peak: number): Buffer {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0.01);
  const pcm = Int16Array.from(samples, (sample) => Math.round((sample / loudest) * peak * 32_767));
  return Buffer.from(pcm.buffer);
}

function makeNoise(decibelsBelow: number): Buffer {
  const noise = pinkNoise(NOISE_SECONDS * NOISE_RATE, 1);
  const rms = Math.sqrt(noise.reduce((sum, sample) => sum + sample * sample, 0) / noise.length);
  const gain = (SPEECH_RMS / rms) * 10 ** (-decibelsBelow / 20);
  const pcm = Int16Array.from(noise, (sample) => Math.max(-1, Math.min(1, sample * gain)) * 32_767);
  return toWav(Buffer.from(pcm.buffer), NOISE_RATE);
}

/** Loads the synthesiser, and returns the voices that it has: each speaks a sentence in about 70 ms. */
export async function loadVoices(): Promise<(caller: Caller) => Voice> {
  const flite = await loadFlite();
  return ({ voice, pace, noiseDbBelow, hesitationMs }) => ({
    async say(text) {
      const parts: Float32Array[] = [];
      let rate = NOISE_RATE;
      for (const words of text.split('…').filter((part) => part.trim() !== '')) {
        const { samples, sampleRate } = await flite.synthesize(words.trim(), FLITE_VOICE[voice], pace);
        rate = sampleRate;
        if (parts.length > 0) parts.push(new Float32Array(Math.round((hesitationMs / 1000) * rate)));
        parts.push(trim(samples));
      }
      const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return toWav(toPcm16(whole, PEAK), rate);
    },
    noise: () => (noiseDbBelow === null ? null : makeNoise(noiseDbBelow)),
  });
}
