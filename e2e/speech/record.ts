import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadFlite } from '@parley/realtime-sandbox/media/speech/speak/flite';
import { z } from 'zod';
import { RECORDING_FOLDERS } from './recordings.ts';
import { toWav } from './wav.ts';

/** Not the voice that the sandbox speaks with by default. */
const VOICE = 'slt';
const PEAK = 0.63;

function toPcm16(samples: Float32Array): Buffer {
  const loudest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const pcm = Int16Array.from(samples, (sample) => Math.round((sample * PEAK * 32_767) / loudest));
  return Buffer.from(pcm.buffer);
}

/** `npx jiti e2e/speech/record.ts`: speaks each sentence that has no recording yet. */
const flite = await loadFlite();
for (const folder of RECORDING_FOLDERS) {
  const sentences = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(new URL('sentences.json', folder), 'utf8')));
  for (const [name, text] of Object.entries(sentences)) {
    const file = new URL(`${name}.wav`, folder);
    if (existsSync(file)) continue;
    const { samples, sampleRate } = await flite.synthesize(text, VOICE, 1);
    writeFileSync(file, toWav(toPcm16(samples), sampleRate));
    console.log(`${name}: ${text}`);
  }
}
