import { expect, test, vi } from 'vitest';
import type { Pcm48k } from '../../interfaces.ts';
import type { SynthesisJob } from '../worker-job.ts';
import { SentenceSounds } from './sentence-sounds.ts';

const sentence = (text: string, speed = 1): SynthesisJob => ({ text, voice: 'marin', speed, pauseMs: 60 });
const makeSound = async ({ text }: SynthesisJob): Promise<Pcm48k> => new Int16Array(text.length);
const fail = () => Promise.reject(new Error('The worker has stopped.'));

test('a sentence is synthesised once ahead of time, for as often as it is spoken', async () => {
  const sounds = new SentenceSounds();
  const make = vi.fn(makeSound);
  sounds.make(sentence('Hello.'), make);
  sounds.make(sentence('Hello.'), make);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await sounds.find(sentence('Hello.', 1.5))).toBeNull();
  expect(await sounds.find(sentence('Hello.'))).toHaveLength(6);
  expect(await sounds.find(sentence('Hello.'))).toHaveLength(6);
});

test('a sentence that was spoken is not synthesised again', async () => {
  const sounds = new SentenceSounds();
  const make = vi.fn(makeSound);
  sounds.keep(sentence('Hello.'), new Int16Array(6));
  sounds.make(sentence('Hello.'), make);
  expect(make).not.toHaveBeenCalled();
  expect(await sounds.find(sentence('Hello.'))).toHaveLength(6);
});

test('a failed sentence is not returned, and may be made again', async () => {
  const sounds = new SentenceSounds();
  sounds.make(sentence('Hello.'), fail);
  expect(await sounds.find(sentence('Hello.'))).toBeNull();
  sounds.make(sentence('Hello.'), makeSound);
  expect(await sounds.find(sentence('Hello.'))).toHaveLength(6);
});

test('sentences are dropped that nobody has asked for longest', async () => {
  const sounds = new SentenceSounds();
  for (let count = 1; count <= 32; count++) sounds.keep(sentence(`${count}.`), new Int16Array(count));
  expect(await sounds.find(sentence('1.'))).toHaveLength(1);
  sounds.make(sentence('33.'), makeSound);
  expect(await sounds.find(sentence('1.'))).not.toBeNull();
  expect(await sounds.find(sentence('2.'))).toBeNull();
  expect(await sounds.find(sentence('33.'))).not.toBeNull();
});
