/**
 * Makes the recordings that `bench/hearing/run.ts` listens to, in `bench/hearing/corpus/` (about 50 MB, not kept in git).
 *
 *   apt-get install espeak-ng flite festival festvox-kallpc16k festvox-us-slt-hts libttspico-utils   (Debian, contrib non-free for the last)
 *   node --import jiti/register bench/hearing/make-corpus.ts
 *
 * Six voices that sound like people, two that sound like robots (counted apart), each clean and in pink noise 15 dB
 * below the speech.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Decimator } from '../../sandbox/realtime/audio/decimate.ts';
import { upsample } from '../../sandbox/realtime/audio/upsample.ts';
import { addPinkNoise } from './noise.ts';
import { inDomain, offTopic } from './sentences.ts';
import { readWav, writeWav } from './wav.ts';

const run = promisify(execFile);
const corpus = new URL('./corpus/', import.meta.url);
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

await mkdir(corpus, { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'corpus-'));
try {
  for (const [voice, speak] of Object.entries(voices)) {
    for (const [kind, sentences] of Object.entries({ in: inDomain, off: offTopic })) {
      for (const [index, sentence] of sentences.entries()) {
        const wav = join(scratch, 'speech.wav');
        await speak(sentence, wav);
        const clean = surround(to16k(readWav(await readFile(wav))));
        const name = `${kind}-${String(index).padStart(2, '0')}.${voice}`;
        await writeFile(new URL(`${name}.clean.wav`, corpus), writeWav(clean, 16_000));
        const noisy = addPinkNoise(clean, noiseDb, index + 1);
        await writeFile(new URL(`${name}.noisy.wav`, corpus), writeWav(noisy, 16_000));
      }
    }
    console.log(voice);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
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
