/**
 * How well the sandbox hears, one figure a line. Needs the recordings of `make-corpus.ts`.
 *
 *   node --import jiti/register bench/hearing/run.ts [only files whose name contains this]
 *
 * Every recording goes the way of a call: 48 kHz frames, voice activity detection, the turn's audio, the recogniser.
 */
import { readdir, readFile } from 'node:fs/promises';
import { upsample } from '../../sandbox/realtime/audio/upsample.ts';
import { createMedia } from '../../sandbox/realtime/create-media.ts';
import type { Media, Pcm48k } from '../../sandbox/realtime/media.ts';
import { Talk } from '../../sandbox/realtime/testing/conversation.ts';
import { WORKSHOP } from '../../sandbox/realtime/testing/tool-sets.ts';
import { hearAll } from './hear-all.ts';
import { replies } from './replies.ts';
import { inDomain, offTopic } from './sentences.ts';
import { readWav } from './wav.ts';
import { comparableWords, wordErrors } from './word-error.ts';

const corpus = new URL('./corpus/', import.meta.url);

class Tally {
  utterances = 0;
  words = 0;
  errors = 0;
  exact = 0;
  understood = 0;
  acted = 0;
  empty = 0;
  extraTurns = 0;

  add(said: string, heard: string, turns: number): void {
    const words = comparableWords(said);
    const errors = wordErrors(words, comparableWords(heard));
    this.utterances += 1;
    this.words += words.length;
    this.errors += errors;
    this.exact += errors === 0 ? 1 : 0;
    const answer = answerTo(heard);
    this.understood += answer === answerTo(said) ? 1 : 0;
    this.acted += answer.startsWith('[]') ? 0 : 1;
    this.empty += heard === '' ? 1 : 0;
    this.extraTurns += Math.abs(turns - 1);
  }
}

/** What a session of the workshop would give to the recogniser. */
const hints = new Talk(WORKSHOP).hints();
const tallies = new Map<string, Tally>();
const latencies: number[] = [];
let audioSeconds = 0;

const started = performance.now();
const media = await createMedia();
print('start, ms', performance.now() - started);
try {
  await listenToCorpus(media);
  await listenToOurselves(media);
} finally {
  await media.close();
}
report();

async function listenToCorpus(media: Media): Promise<void> {
  const only = process.argv[2] ?? '';
  const files = (await readdir(corpus).catch(() => [])).filter((file) => file.includes(only)).sort();
  if (files.length === 0) throw new Error('There are no recordings. Run bench/hearing/make-corpus.ts first.');
  for (const file of files) {
    const [sentence = '', voice = '', condition = ''] = file.split('.');
    const [kind, index] = sentence.split('-');
    const said = (kind === 'in' ? inDomain : offTopic)[Number(index)];
    if (!said) continue;
    const { samples, sampleRate } = readWav(await readFile(new URL(file, corpus)));
    const pcm = Int16Array.from(upsample(samples, sampleRate, 48_000), (sample) => sample * 32_767);
    const heard = await recognise(media, pcm);
    const group = `${kind === 'in' ? 'in domain' : 'off topic'}, ${voice.startsWith('robot') ? 'robots' : 'people'}, ${condition}`;
    tally(group).add(said, heard.text, heard.turns);
    tally(`voice ${voice}, ${condition}`).add(said, heard.text, heard.turns);
  }
}

/** Our own voice through our own ears: what a second sandbox, or a test, would understand of it. */
async function listenToOurselves(media: Media): Promise<void> {
  for (const voice of ['cedar', 'marin']) {
    for (const reply of replies) {
      const pieces: Pcm48k[] = [new Int16Array(24_000)];
      for await (const piece of media.speech.speak(
        reply,
        { voice, speed: 1 },
        new AbortController().signal,
      )) {
        pieces.push(piece);
      }
      pieces.push(new Int16Array(48_000));
      const heard = await recognise(media, Int16Array.from(pieces.flatMap((piece) => Array.from(piece))));
      tally(`our own voice (${voice})`).add(reply, heard.text, 1);
    }
  }
}

async function recognise(media: Media, pcm: Pcm48k): Promise<{ text: string; turns: number }> {
  const turns = await hearAll(media, pcm);
  const texts: string[] = [];
  for (const turn of turns) {
    const before = performance.now();
    texts.push((await media.speech.recognise(turn, hints)).text);
    latencies.push(performance.now() - before);
    audioSeconds += turn.length / 16_000;
  }
  return { text: texts.join(' '), turns: turns.length };
}

/** The tool calls that a sentence leads to, or without any the words of the answer. */
function answerTo(sentence: string): string {
  const { calls, say } = new Talk(WORKSHOP).say(sentence);
  return calls.length > 0 ? JSON.stringify(calls) : `[] ${say}`;
}

function tally(group: string): Tally {
  const tally = tallies.get(group) ?? new Tally();
  tallies.set(group, tally);
  return tally;
}

function report(): void {
  for (const [group, tally] of tallies) {
    const { utterances, words, errors, exact, understood, acted, empty, extraTurns } = tally;
    print(`${group}: word error, %`, (100 * errors) / words);
    print(`${group}: sentences without error, %`, (100 * exact) / utterances);
    if (group.startsWith('in domain')) print(`${group}: right intent, %`, (100 * understood) / utterances);
    if (group.startsWith('off topic')) print(`${group}: false accept, %`, (100 * acted) / utterances);
    if (empty > 0) print(`${group}: nothing heard`, empty);
    if (extraTurns > 0) print(`${group}: turns too many or too few`, extraTurns);
  }
  latencies.sort((a, b) => a - b);
  print('recognition, ms, median', latencies[Math.floor(latencies.length / 2)] ?? 0);
  print('recognition, ms, 95th percentile', latencies[Math.floor(latencies.length * 0.95)] ?? 0);
  print('recognition, part of real time', latencies.reduce((sum, ms) => sum + ms, 0) / 1_000 / audioSeconds);
}

function print(name: string, value: number): void {
  console.log(`${name}\t${Number(value.toFixed(value < 1 ? 3 : 1))}`);
}
