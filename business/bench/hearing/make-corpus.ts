/**
 * Makes the recordings that `business/bench/hearing/run.ts` listens to, in `business/bench/hearing/corpus/` (about 100 MB, not kept in git).
 *
 *   apt-get install espeak-ng flite festival festvox-kallpc16k festvox-us-slt-hts libttspico-utils   (Debian, contrib non-free for the last)
 *   node --import jiti/register business/bench/hearing/make-corpus.ts
 *
 * Six voices that sound like people, two that sound like robots (counted apart), each clean and in pink noise 15 dB
 * below the speech. Recordings that are there already stay as they are.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Decimator } from '@parley/realtime-sandbox/media/audio/decimate';
import { upsample } from '@parley/realtime-sandbox/media/audio/upsample';
import { addPinkNoise } from '../../../bench/understanding/noise.ts';
import { corpusFolder, corpusSets, toSlug } from './corpus.ts';
import { readWav, writeWav } from './wav.ts';

const run = promisify(execFile);
const noiseDb = 15;
const leadingMs = 600;
const trailingMs = 1_000;

type Speak = (text: string, wavPath: string) => Promise<unknown>;

const flite =
  (voice: string): Speak =>
  (text, wav) =>
    run('flite', ['-voice', voice, '-t', text, '-o', wav]);
const pico =
  (language: string): Speak =>
  (text, wav) =>
    run('pico2wave', ['-l', language, '-w', wav, text]);
const espeak: Speak = (text, wav) => run('espeak-ng', ['-v', 'en-us', '-s', '160', '-w', wav, text]);
const festival =
  (voice: string): Speak =>
  async (text, wav) => {
    const textPath = `${wav}.txt`;
    await writeFile(textPath, text);
    await run('text2wave', ['-eval', `(voice_${voice})`, '-o', wav, textPath]);
  };

const voices: Record<string, Speak> = {
  'flite-rms': flite('rms'),
  'flite-slt': flite('slt'),
  'flite-awb': flite('awb'),
  'pico-us': pico('en-US'),
  'pico-gb': pico('en-GB'),
  'festival-hts': festival('cmu_us_slt_arctic_hts'),
  'robot-espeak': espeak,
  'robot-kal': festival('kal_diphone'),
};

await mkdir(corpusFolder, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'corpus-'));
try {
  for (const [voice, speak] of Object.entries(voices)) {
    for (const [set, sentences] of Object.entries(corpusSets)) {
      for (const [index, { said }] of sentences.entries()) {
        await record(`${set}.${toSlug(said)}.${voice}`, index + 1, (wav) => speak(said, wav));
      }
    }
    console.log(voice);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function record(name: string, seed: number, speak: (wavPath: string) => Promise<unknown>) {
  const [cleanFile, noisyFile] = ['clean', 'noisy'].map(
    (condition) => new URL(`${name}.${condition}.wav`, corpusFolder),
  );
  if (!cleanFile || !noisyFile || existsSync(noisyFile)) return;
  const wav = join(scratch, 'speech.wav');
  await speak(wav);
  const clean = surround(to16k(readWav(await readFile(wav))));
  await writeFile(cleanFile, writeWav(clean, 16_000));
  await writeFile(noisyFile, writeWav(addPinkNoise(clean, noiseDb, seed), 16_000));
}

function to16k({ samples, sampleRate }: { samples: Float32Array; sampleRate: number }): Float32Array {
  const at48k = upsample(samples, sampleRate, 48_000);
  return new Decimator().push(Int16Array.from(at48k, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767));
}

/** Silence before and after, and one loudness for all voices. */
function surround(speech: Float32Array): Float32Array<ArrayBuffer> {
  const before = leadingMs * 16;
  const recording = new Float32Array(before + speech.length + trailingMs * 16);
  const peak = speech.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0.01);
  for (const [index, sample] of speech.entries()) recording[before + index] = (sample / peak) * 0.5;
  return recording;
}
