/**
 * Measures how well the sandbox hears, one figure a line. Needs the recordings of `make-corpus.ts`.
 *
 *   node --import jiti/register business/bench/hearing/run.ts [parts of file names, such as: held-out noisy] [--misheard]
 *   node --import jiti/register business/bench/hearing/run.ts ourselves
 *   node --import jiti/register business/bench/hearing/run.ts robot
 *
 * Voices that sound like robots are left out unless they are asked for, and nothing is tuned on the held-out set.
 * Every recording takes the path of a call: 48 kHz frames, voice activity detection, the turn's audio, the recogniser with
 * the hints of that moment, the mind. `--misheard` prints each sentence that went wrong.
 */
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadVoiceDetector } from '@parley/realtime-sandbox/media/audio/silero';
import { upsample } from '@parley/realtime-sandbox/media/audio/upsample';
import { createMedia } from '@parley/realtime-sandbox/media/create-media';
import type { Media, Pcm48k } from '@parley/realtime-sandbox/media/interfaces';
import { hearAll } from '../../../bench/understanding/hear-all.ts';
import { corpusFolder, corpusSets, type Spoken, toSlug } from './corpus.ts';
import { isAccepted, isRight, talkBefore } from './front-desk-talk.ts';
import { replies } from './replies.ts';
import { startTalk } from './start-talk.ts';
import { Tally } from './tally.ts';
import { readWav } from './wav.ts';

const { values: options, positionals: only } = parseArgs({
  options: { misheard: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const tallies = new Map<string, Tally>();
const latencies: number[] = [];
let audioSeconds = 0;

const started = performance.now();
const media = await createMedia();
const detectors = await loadVoiceDetector();
print('start, ms', performance.now() - started);
try {
  if (only[0] === 'ourselves') await listenToOurselves(media);
  else await listenToCorpus(media);
} finally {
  await Promise.all([media.close(), detectors.close()]);
}
report();

async function listenToCorpus(media: Media): Promise<void> {
  const files = await readdir(corpusFolder).catch(() => []);
  const chosen = files
    .filter((file) => only.every((part) => file.includes(part)))
    .filter((file) => !file.includes('robot') || only.includes('robot'))
    .sort();
  if (chosen.length === 0)
    throw new Error('There are no such recordings. Run business/bench/hearing/make-corpus.ts.');
  for (const file of chosen) {
    const [set = '', slug = '', voice = '', condition = ''] = file.split('.');
    const spoken = corpusSets[set]?.find(({ said }) => toSlug(said) === slug);
    if (!spoken) continue;
    const { samples, sampleRate } = readWav(await readFile(new URL(file, corpusFolder)));
    const pcm = Int16Array.from(upsample(samples, sampleRate, 48_000), (sample) => sample * 32_767);
    const { heard, turns, isGood } = await listen(media, spoken, pcm);
    const speaker = voice.startsWith('robot') ? 'robots' : 'people';
    tally(`${set}, ${spoken.kind}, ${speaker}, ${condition}`).add(spoken.said, heard, turns, isGood);
    tally(`voice ${voice}, ${condition}`).add(spoken.said, heard, turns, isGood);
    if (!isGood && options.misheard) console.log(`  ${voice} ${condition}: ${spoken.said} → ${heard}`);
  }
}

/** Plays one recording at its place in a call, and judges what the desk does. */
async function listen(media: Media, spoken: Spoken, pcm: Pcm48k) {
  const talk = spoken.kind === 'request' ? talkBefore(spoken.of) : talkBefore({});
  const { heard, turns } = await recognise(media, pcm, talk.hints());
  const reply = talk.say(heard);
  const isGood = spoken.kind === 'request' ? isRight(reply, spoken.of.means) : !isAccepted(reply);
  return { heard, turns, isGood };
}

/** The synthesiser's speech through the recogniser: what a second sandbox, or a test, would understand. */
async function listenToOurselves(media: Media): Promise<void> {
  const hints = startTalk().hints();
  for (const voice of ['marin', 'coral']) {
    for (const reply of replies()) {
      const pieces: Pcm48k[] = [new Int16Array(24_000)];
      for await (const piece of media.speech.speak(
        reply,
        { voice, speed: 1 },
        new AbortController().signal,
      )) {
        pieces.push(piece);
      }
      pieces.push(new Int16Array(48_000));
      const pcm = Int16Array.from(pieces.flatMap((piece) => Array.from(piece)));
      const { heard } = await recognise(media, pcm, hints);
      const one = new Tally();
      one.add(reply, heard, 1, true);
      tally(`our own voice, ${voice}`).add(reply, heard, 1, true);
      if (one.wordErrorPercent > 0 && options.misheard) console.log(`  ${voice}: ${reply} → ${heard}`);
    }
  }
}

async function recognise(media: Media, pcm: Pcm48k, hints: readonly string[]) {
  const turns = await hearAll(detectors.createDetector(), pcm);
  const texts: string[] = [];
  for (const turn of turns) {
    const before = performance.now();
    texts.push((await media.speech.recognise(turn, hints)).text);
    latencies.push(performance.now() - before);
    audioSeconds += turn.length / 16_000;
  }
  return { heard: texts.join(' '), turns: turns.length };
}

function tally(group: string): Tally {
  const tally = tallies.get(group) ?? new Tally();
  tallies.set(group, tally);
  return tally;
}

function report(): void {
  for (const [group, tally] of [...tallies].toSorted(([a], [b]) => a.localeCompare(b))) {
    for (const [name, value] of tally.figures) print(`${group}: ${name}`, value);
    if (group.includes('request')) print(`${group}: right intent, %`, tally.rightPercent);
    if (group.includes('off topic')) print(`${group}: false accept, %`, 100 - tally.rightPercent);
    if (group.startsWith('our own voice'))
      print(`${group}: words understood, %`, 100 - tally.wordErrorPercent);
  }
  latencies.sort((a, b) => a - b);
  print('recognition, ms, median', latencies[Math.floor(latencies.length / 2)] ?? 0);
  print('recognition, ms, 95th percentile', latencies[Math.floor(latencies.length * 0.95)] ?? 0);
  print('recognition, part of real time', latencies.reduce((sum, ms) => sum + ms, 0) / 1_000 / audioSeconds);
}

function print(name: string, value: number): void {
  console.log(`${name}\t${Number(value.toFixed(value < 1 ? 3 : 1))}`);
}
