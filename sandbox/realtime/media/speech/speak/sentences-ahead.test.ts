import { expect, test, vi } from 'vitest';
import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';
import { SentencesAhead } from './sentences-ahead.ts';

const sentence = (text: string, speed = 1): SynthesisJob => ({ text, voice: 'marin', speed, pauseMs: 60 });
const makeSound = async ({ text }: SynthesisJob): Promise<Pcm48k> => new Int16Array(text.length);

test('a sentence is synthesised once and returned once', async () => {
  const ahead = new SentencesAhead();
  const make = vi.fn(makeSound);
  ahead.make(sentence('Hello.'), make);
  ahead.make(sentence('Hello.'), make);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await ahead.take(sentence('Hello.', 1.5))).toBeNull();
  expect(await ahead.take(sentence('Hello.'))).toHaveLength(6);
  expect(await ahead.take(sentence('Hello.'))).toBeNull();
});

test('a failed sentence is not returned', async () => {
  const ahead = new SentencesAhead();
  ahead.make(sentence('Hello.'), () => Promise.reject(new Error('The worker has stopped.')));
  expect(await ahead.take(sentence('Hello.'))).toBeNull();
});

test('unused sentences are dropped, the oldest first', async () => {
  const ahead = new SentencesAhead();
  for (let count = 1; count <= 9; count++) ahead.make(sentence(`${count}.`), makeSound);
  expect(await ahead.take(sentence('1.'))).toBeNull();
  expect(await ahead.take(sentence('2.'))).not.toBeNull();
  expect(await ahead.take(sentence('9.'))).not.toBeNull();
});
