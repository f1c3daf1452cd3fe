import { expect, test } from 'vitest';
import type { Pcm48k } from '../interfaces.ts';
import { InboundAudio } from './inbound-audio.ts';
import { createSpeechCodec, FRAME_SAMPLES } from './opus.ts';

function microphone() {
  const codec = createSpeechCodec();
  const heard: Pcm48k[] = [];
  const inbound = new InboundAudio(codec, (pcm) => heard.push(pcm));
  const tone = Int16Array.from(
    { length: FRAME_SAMPLES },
    (_, index) => 8_000 * Math.sin((index * 2 * Math.PI) / 48),
  );
  const packets = Array.from({ length: 60 }, (_, index) => ({
    // Close to the maximum, so that both counters wrap around within the test.
    sequenceNumber: (65_530 + index) & 0xffff,
    timestamp: (2 ** 32 - 4 * FRAME_SAMPLES + index * FRAME_SAMPLES) >>> 0,
    payload: codec.encode(tone),
  }));
  const receive = (index: number, nowMs = 20 * (index + 1)) => {
    const packet = packets[index];
    if (packet) inbound.receive(packet, nowMs);
  };
  return { inbound, heard, receive };
}

const frames = (heard: Pcm48k[]) => heard.reduce((sum, pcm) => sum + pcm.length, 0) / FRAME_SAMPLES;

test('decodes packets in order, across the wrap of the counters', () => {
  const { heard, receive } = microphone();
  for (let index = 0; index < 20; index++) receive(index);
  expect(frames(heard)).toBe(20);
});

test('fills lost packets so that timing stays right', () => {
  const { heard, receive } = microphone();
  receive(0);
  receive(1);
  receive(5);
  expect(frames(heard)).toBe(6);
  expect(heard[4]?.every((sample) => sample === 0)).toBe(true);
});

test('drops late and duplicate packets', () => {
  const { heard, receive } = microphone();
  for (const index of [0, 1, 3, 2, 3, 4]) receive(index);
  expect(frames(heard)).toBe(5);
});

test('does not fill a long pause of the sender after the fact', () => {
  const { heard, receive } = microphone();
  receive(0);
  receive(40);
  expect(frames(heard)).toBe(2);
});

test('is silent, not stuck, when the microphone is removed', () => {
  const { inbound, heard, receive } = microphone();
  inbound.keepTime(0);
  expect(heard).toHaveLength(0);
  receive(0, 1_000);
  for (let nowMs = 1_020; nowMs <= 2_000; nowMs += 20) inbound.keepTime(nowMs);
  expect(frames(heard)).toBeGreaterThan(40);
  expect(heard.at(-1)?.every((sample) => sample === 0)).toBe(true);
});

test('ignores what is not Opus, and empty packets', () => {
  const { inbound, heard } = microphone();
  inbound.receive({ sequenceNumber: 1, timestamp: 0, payload: new Uint8Array(0) }, 0);
  inbound.receive({ sequenceNumber: 2, timestamp: 0, payload: new Uint8Array(40).fill(255) }, 0);
  expect(heard).toHaveLength(0);
});
