import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAME_SAMPLES, loadVoiceDetector, type VoiceDetectorModel } from './silero.ts';

let model: VoiceDetectorModel;

beforeAll(async () => {
  model = await loadVoiceDetector();
});

afterAll(() => model.close());

test('many seconds of audio at once do not block the event loop', async () => {
  const detector = model.createDetector();
  let turns = 0;
  let judged = false;
  const count = () => {
    turns++;
    if (!judged) setImmediate(count);
  };
  setImmediate(count);
  const frames = Array.from({ length: 400 }, () => detector.judge(new Float32Array(FRAME_SAMPLES)));
  const probabilities = await Promise.all(frames);
  judged = true;
  expect(Math.max(...probabilities)).toBeLessThan(0.5);
  expect(turns).toBeGreaterThan(40);
});
