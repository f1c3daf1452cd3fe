import { expect, test, vi } from 'vitest';
import type { Pcm48k } from '../interfaces.ts';
import { PlayoutQueue } from './playout-queue.ts';

const ms = (count: number): Pcm48k => new Int16Array(count * 48).fill(1_000);

function queueWithSpies() {
  const queue = new PlayoutQueue();
  const events: string[] = [];
  queue.onStarted = (tag) => events.push(`started ${tag}`);
  queue.onDrained = (tag) => events.push(`drained ${tag}`);
  const sent: (Pcm48k | null)[] = [];
  const play = (frames: number) => {
    for (let count = 0; count < frames; count++) queue.sendNext((frame) => sent.push(frame));
  };
  return { queue, events, sent, play };
}

test('sends silence while the queue is empty', () => {
  const { sent, events, play, queue } = queueWithSpies();
  play(2);
  expect(sent).toEqual([null, null]);
  expect(events).toEqual([]);
  expect(queue.current).toBeNull();
});

test('reports the first and the last frame of a response, across its pieces', () => {
  const { queue, events, sent, play } = queueWithSpies();
  queue.enqueue('a', ms(30));
  queue.enqueue('a', ms(20));
  queue.finish('a');
  play(2);
  expect(events).toEqual(['started a']);
  play(1);
  expect(events).toEqual(['started a', 'drained a']);
  expect(sent[2]?.filter((sample) => sample !== 0)).toHaveLength(10 * 48);
  expect(queue.current).toBeNull();
});

test('sends silence while a response is unfinished', () => {
  const { queue, events, sent, play } = queueWithSpies();
  queue.enqueue('a', ms(20));
  play(3);
  expect(queue.current).toBe('a');
  expect(sent.slice(1)).toEqual([null, null]);
  queue.finish('a');
  play(1);
  expect(events).toEqual(['started a', 'drained a']);
});

test('a response without audio drains without having started', () => {
  const { queue, events, play } = queueWithSpies();
  queue.finish('a');
  play(1);
  expect(events).toEqual(['drained a']);
});

test('plays responses one after the other', () => {
  const { queue, events, play } = queueWithSpies();
  queue.enqueue('a', ms(20));
  queue.enqueue('b', ms(20));
  queue.finish('a');
  queue.finish('b');
  play(2);
  expect(events).toEqual(['started a', 'drained a', 'started b', 'drained b']);
});

test('clear stops within a frame, fading instead of clicking, and returns how much was played', () => {
  const { queue, events, sent, play } = queueWithSpies();
  queue.enqueue('a', ms(200));
  queue.enqueue('b', ms(200));
  play(3);
  expect(queue.clear()).toEqual({ tag: 'a', playedMs: 60 });
  expect(queue.current).toBeNull();
  play(2);
  const fade = sent[3];
  expect(fade?.[0]).toBeGreaterThan(900);
  expect(fade?.slice(240).every((sample) => sample === 0)).toBe(true);
  expect(sent[4]).toBeNull();
  expect(events).toEqual(['started a']);
});

test('late pieces of a cleared response are dropped', () => {
  const { queue, events, sent, play } = queueWithSpies();
  queue.enqueue('a', ms(20));
  queue.clear();
  queue.enqueue('a', ms(20));
  queue.finish('a');
  play(2);
  expect(sent).toEqual([null, null]);
  expect(events).toEqual([]);
});

test('clear before the first frame returns 0; without a response it returns null', () => {
  const { queue } = queueWithSpies();
  expect(queue.clear()).toBeNull();
  queue.enqueue('a', ms(20));
  expect(queue.clear()).toEqual({ tag: 'a', playedMs: 0 });
});

test('a handler may clear the queue', () => {
  const { queue, play } = queueWithSpies();
  const drained = vi.fn();
  queue.onDrained = drained;
  queue.onStarted = () => queue.clear();
  queue.enqueue('a', ms(20));
  queue.finish('a');
  play(2);
  expect(drained).not.toHaveBeenCalled();
});
