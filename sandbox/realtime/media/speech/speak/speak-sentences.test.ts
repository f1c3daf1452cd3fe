import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { SynthesisJob } from '../worker-job.ts';
import { speakSentences } from './speak-sentences.ts';

const sentence = (text: string): SynthesisJob => ({ text, voice: 'marin', speed: 1, pauseMs: 60 });
const BOTH = [sentence('First.'), sentence('Second.')];

test('a sentence that fails while the one before it is delivered fails the speech, and nothing else', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));

  const synthesize = async ({ text }: SynthesisJob) => {
    if (text === 'Second.') throw new Error('The speech job took too long.');
    return new Int16Array(text.length);
  };
  const speech = speakSentences(BOTH, synthesize, new AbortController().signal);
  const delivered: number[] = [];
  const listen = async () => {
    for await (const pcm of speech) {
      delivered.push(pcm.length);
      await delay(20);
    }
  };
  await expect(listen()).rejects.toThrow('took too long');
  expect(delivered).toEqual([6]);
  expect(uncaught).toEqual([]);
});

test('an interrupted speech ends without an error', async () => {
  const interruption = new AbortController();
  const synthesize = async ({ text }: SynthesisJob) => {
    interruption.signal.throwIfAborted();
    return new Int16Array(text.length);
  };
  const delivered: number[] = [];
  for await (const pcm of speakSentences(BOTH, synthesize, interruption.signal)) {
    delivered.push(pcm.length);
    interruption.abort();
  }
  expect(delivered).toEqual([6]);
});
